-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "isDefault" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "RoomFigures" (
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "messages" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "lastMessageAt" TIMESTAMPTZ(3),
    "countedSeq" INTEGER NOT NULL,

    CONSTRAINT "RoomFigures_pkey" PRIMARY KEY ("roomId")
);

-- CreateIndex
CREATE UNIQUE INDEX "RoomFigures_organizationId_roomId_key" ON "RoomFigures"("organizationId", "roomId");

-- AddForeignKey
ALTER TABLE "RoomFigures" ADD CONSTRAINT "RoomFigures_organizationId_roomId_fkey" FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
