ALTER TABLE "Person" ADD COLUMN     "endsAt" TIMESTAMPTZ(3);
CREATE INDEX "Person_endsAt_idx" ON "Person"("endsAt") WHERE "endsAt" IS NOT NULL;
ALTER TABLE "Organization" RENAME COLUMN "loginClock" TO "proof";

DROP TRIGGER "Session_ended" ON "Session";
DROP TRIGGER "Session_deleted" ON "Session";
DROP TRIGGER "Person_deactivated" ON "Person";
DROP FUNCTION "tickLoginClock"();

-- The proof's lock is an advisory lock and not a lock on the row, because waiters of an advisory lock queue in the order in
-- which they came. On a row, a stream of readers would keep a writer out.
-- 1886547814 is only a number that no other advisory lock uses.

-- The organization's proof, which nothing can move until the transaction ends. The function is volatile, so its query sees
-- what was committed while it waited for the lock, although the calling statement does not.
CREATE FUNCTION "proofOf"(organization uuid) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1886547814, hashtext(organization::text));
  RETURN (SELECT proof FROM "Organization" WHERE id = organization);
END $$;

CREATE FUNCTION "moveProof"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1886547814, hashtext(OLD."organizationId"::text));
  UPDATE "Organization" SET proof = proof + 1 WHERE id = OLD."organizationId";
  RETURN NULL;
END $$;

-- Deferred to the commit, so that the proof is always the last lock: its holders wait for nothing else.
CREATE CONSTRAINT TRIGGER "Session_ended" AFTER UPDATE OF "revokedAt", "expiresAt" ON "Session"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD."revokedAt" IS DISTINCT FROM NEW."revokedAt" OR OLD."expiresAt" IS DISTINCT FROM NEW."expiresAt")
  EXECUTE FUNCTION "moveProof"();
CREATE CONSTRAINT TRIGGER "Session_deleted" AFTER DELETE ON "Session"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "moveProof"();
CREATE CONSTRAINT TRIGGER "Person_changed" AFTER UPDATE OF role, "deactivatedAt", "endsAt" ON "Person"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD."deactivatedAt" IS DISTINCT FROM NEW."deactivatedAt"
    OR OLD."endsAt" IS DISTINCT FROM NEW."endsAt")
  EXECUTE FUNCTION "moveProof"();
