-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "isCounted" BOOLEAN NOT NULL DEFAULT true;

-- CreateIndex
CREATE INDEX "Membership_roomId_isCounted_idx" ON "Membership"("roomId", "isCounted");

-- CreateIndex
CREATE INDEX "Membership_isCounted_personId_idx" ON "Membership"("isCounted", "personId");
