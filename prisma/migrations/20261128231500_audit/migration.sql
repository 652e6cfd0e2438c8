-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "actorId" UUID,
    "act" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "roomId" UUID,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_id_idx" ON "AuditEntry"("organizationId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_actorId_id_idx" ON "AuditEntry"("organizationId", "actorId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_subjectId_id_idx" ON "AuditEntry"("organizationId", "subjectId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_roomId_id_idx" ON "AuditEntry"("organizationId", "roomId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_act_id_idx" ON "AuditEntry"("organizationId", "act", "id");

-- AddForeignKey
ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody changes or deletes an entry. Deleting the organization deletes its entries: they are deleted after its row.
CREATE FUNCTION "refuseAuditChange"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM "Organization" WHERE id = OLD."organizationId") THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'entries of the audit log can not be changed or deleted';
END $$;

CREATE TRIGGER "AuditEntry_kept" BEFORE UPDATE OR DELETE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION "refuseAuditChange"();
CREATE TRIGGER "AuditEntry_kept_whole" BEFORE TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuseAuditChange"();
