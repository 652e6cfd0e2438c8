-- CreateTable
CREATE TABLE "Reaction" (
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "changedSeq" INTEGER NOT NULL,
    "isGiven" BOOLEAN NOT NULL,
    "reactedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reaction_pkey" PRIMARY KEY ("organizationId","messageId","emoji","personId")
);

-- CreateIndex
CREATE INDEX "Reaction_roomId_changedSeq_idx" ON "Reaction"("roomId", "changedSeq");

-- CreateIndex
CREATE INDEX "Reaction_organizationId_messageId_changedSeq_idx" ON "Reaction"("organizationId", "messageId", "changedSeq");

-- CreateIndex
CREATE INDEX "Reaction_personId_idx" ON "Reaction"("personId");

-- AddForeignKey
ALTER TABLE "Reaction" ADD CONSTRAINT "Reaction_organizationId_roomId_fkey" FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reaction" ADD CONSTRAINT "Reaction_organizationId_messageId_fkey" FOREIGN KEY ("organizationId", "messageId") REFERENCES "Message"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reaction" ADD CONSTRAINT "Reaction_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
