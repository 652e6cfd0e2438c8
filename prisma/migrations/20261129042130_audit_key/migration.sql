-- DropIndex
DROP INDEX "AuditEntry_organizationId_id_idx";

-- AlterTable
ALTER TABLE "AuditEntry" DROP CONSTRAINT "AuditEntry_pkey",
ADD CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("organizationId", "id");
