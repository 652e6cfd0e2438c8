-- The address of each organization, made from its name as `makeOrganizationHandle` makes it. Of two that want the same, the
-- older one gets it, and the other one a part of its id.
ALTER TABLE "Organization" ADD COLUMN     "handle" TEXT;
WITH named AS (
  SELECT "id", "createdAt", rtrim(left(trim(BOTH '-' FROM regexp_replace(
    lower(regexp_replace(normalize("name", NFKD), '[\u0300-\u036F]', '', 'g')), '[^a-z0-9]+', '-', 'g')), 32), '-') AS wanted
  FROM "Organization"
), ranked AS (
  SELECT "id", wanted, row_number() OVER (PARTITION BY wanted ORDER BY "createdAt", "id") AS place FROM named
)
UPDATE "Organization" o SET "handle" = CASE
  WHEN length(r.wanted) < 2 OR r.wanted IN ('admin', 'api', 'app', 'new', 'parley', 'settings', 'setup', 'sign-in')
    THEN 'team-' || right(replace(o."id"::text, '-', ''), 12)
  WHEN r.place > 1 THEN left(r.wanted, 24) || '-' || right(replace(o."id"::text, '-', ''), 12)
  ELSE r.wanted END
FROM ranked r WHERE r."id" = o."id";
ALTER TABLE "Organization" ALTER COLUMN "handle" SET NOT NULL;
CREATE UNIQUE INDEX "Organization_handle_key" ON "Organization"("handle");

CREATE TABLE "Login" (
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Login_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Login_accountId_idx" ON "Login"("accountId");
ALTER TABLE "Login" ADD CONSTRAINT "Login_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Each session becomes a login with one session. The login has the session's id, so the cookies of browsers stay valid.
ALTER TABLE "Session" ADD COLUMN     "loginId" UUID;
INSERT INTO "Login" ("id", "accountId", "createdAt", "endedAt")
  SELECT s."id", p."accountId", s."createdAt", s."revokedAt"
  FROM "Session" s JOIN "Person" p ON p."id" = s."personId" WHERE p."accountId" IS NOT NULL;
UPDATE "Session" s SET "loginId" = l."id" FROM "Login" l WHERE l."id" = s."id";
CREATE UNIQUE INDEX "Session_loginId_organizationId_key" ON "Session"("loginId", "organizationId");
ALTER TABLE "Session" ADD CONSTRAINT "Session_loginId_fkey" FOREIGN KEY ("loginId") REFERENCES "Login"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The previous version knows neither handles nor logins. While both versions run, these triggers add what it leaves out. The next
-- version removes them.
CREATE FUNCTION "addHandle"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."handle" := 'team-' || right(replace(NEW."id"::text, '-', ''), 12);
  RETURN NEW;
END $$;
CREATE TRIGGER "Organization_without_handle" BEFORE INSERT ON "Organization" FOR EACH ROW WHEN (NEW."handle" IS NULL)
  EXECUTE FUNCTION "addHandle"();

CREATE FUNCTION "addLogin"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "Login" ("id", "accountId", "createdAt", "endedAt")
    SELECT NEW."id", "accountId", NEW."createdAt", NEW."revokedAt" FROM "Person"
    WHERE "id" = NEW."personId" AND "accountId" IS NOT NULL
    RETURNING "id" INTO NEW."loginId";
  RETURN NEW;
END $$;
CREATE TRIGGER "Session_without_login" BEFORE INSERT ON "Session" FOR EACH ROW
  WHEN (NEW."loginId" IS NULL AND NEW."kind" = 'browser') EXECUTE FUNCTION "addLogin"();
