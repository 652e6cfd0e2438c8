-- AlterTable
ALTER TABLE "RoomFigures" ADD COLUMN     "activeAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "RoomFigures_organizationId_people_roomId_idx" ON "RoomFigures"("organizationId", "people", "roomId");

-- CreateIndex
CREATE INDEX "RoomFigures_organizationId_activeAt_roomId_idx" ON "RoomFigures"("organizationId", "activeAt", "roomId");

-- Direct messages are in no list that is sorted by figures.
DELETE FROM "RoomFigures" f USING "Room" r WHERE r.id = f."roomId" AND r.kind <> 'channel';
UPDATE "RoomFigures" f SET "activeAt" = coalesce(f."lastMessageAt", r."createdAt") FROM "Room" r WHERE r.id = f."roomId";
-- Channels that were never counted are counted within the hour.
INSERT INTO "RoomFigures" ("organizationId", "roomId", messages, people, "activeAt", "countedSeq")
SELECT r."organizationId", r.id, 0, (SELECT count(*)::int FROM "Membership" m WHERE m."roomId" = r.id), r."createdAt", 0
FROM "Room" r WHERE r.kind = 'channel' AND r."deletedAt" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "RoomFigures" f WHERE f."roomId" = r.id);
