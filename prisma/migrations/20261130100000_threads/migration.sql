-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "alsoInRoom" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "thread" JSONB;

-- CreateTable
CREATE TABLE "ThreadFollow" (
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "threadId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "isMuted" BOOLEAN,
    "isFollowed" BOOLEAN NOT NULL DEFAULT true,
    "chosenAtSeq" INTEGER NOT NULL DEFAULT 0,
    "lastReadSeq" INTEGER NOT NULL DEFAULT 0,
    "readAtSeq" INTEGER NOT NULL DEFAULT 0,
    "tick" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ThreadFollow_pkey" PRIMARY KEY ("personId","threadId")
);

-- CreateIndex
CREATE INDEX "ThreadFollow_personId_tick_idx" ON "ThreadFollow"("personId", "tick");

-- CreateIndex
CREATE INDEX "ThreadFollow_personId_roomId_createdAt_idx" ON "ThreadFollow"("personId", "roomId", "createdAt");

-- CreateIndex
CREATE INDEX "ThreadFollow_organizationId_threadId_idx" ON "ThreadFollow"("organizationId", "threadId");

-- CreateIndex
CREATE INDEX "ThreadFollow_roomId_idx" ON "ThreadFollow"("roomId");

-- AddForeignKey
ALTER TABLE "ThreadFollow" ADD CONSTRAINT "ThreadFollow_organizationId_roomId_fkey" FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ThreadFollow" ADD CONSTRAINT "ThreadFollow_organizationId_threadId_fkey" FOREIGN KEY ("organizationId", "threadId") REFERENCES "Message"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ThreadFollow" ADD CONSTRAINT "ThreadFollow_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
