-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "roomSeq" INTEGER;
