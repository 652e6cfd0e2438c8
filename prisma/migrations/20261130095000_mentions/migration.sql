-- CreateEnum
CREATE TYPE "MentionKind" AS ENUM ('person', 'group', 'here', 'room');

-- AlterTable
ALTER TABLE "GroupMember" ADD COLUMN     "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "mentions" JSONB;

-- CreateTable
CREATE TABLE "Mention" (
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "kind" "MentionKind" NOT NULL,
    "targetId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "activeIds" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "Mention_pkey" PRIMARY KEY ("organizationId","messageId","kind","targetId")
);

-- CreateIndex
CREATE INDEX "Mention_targetId_roomId_seq_idx" ON "Mention"("targetId", "roomId", "seq");

-- AddForeignKey
ALTER TABLE "Mention" ADD CONSTRAINT "Mention_organizationId_messageId_fkey" FOREIGN KEY ("organizationId", "messageId") REFERENCES "Message"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
