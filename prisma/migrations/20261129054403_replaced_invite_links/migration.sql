-- AlterTable
ALTER TABLE "Invite" ADD COLUMN     "replacedHashes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "Invite_replacedHashes_idx" ON "Invite" USING GIN ("replacedHashes");
