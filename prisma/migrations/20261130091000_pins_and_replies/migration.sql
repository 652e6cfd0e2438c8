-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "membersPin" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "membersPin" BOOLEAN,
ADD COLUMN     "pinsSeq" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "pinnedAt" TIMESTAMPTZ(3),
ADD COLUMN     "pinnedById" UUID,
ADD COLUMN     "replyToId" UUID;

-- The pinned messages of a room, latest first.
CREATE INDEX "Message_roomId_pinnedAt_idx" ON "Message"("roomId", "pinnedAt") WHERE "pinnedAt" IS NOT NULL;
