-- AlterTable
ALTER TABLE "PasswordReset" ADD COLUMN     "makerId" UUID;

-- AddForeignKey
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_organizationId_makerId_fkey" FOREIGN KEY ("organizationId", "makerId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
