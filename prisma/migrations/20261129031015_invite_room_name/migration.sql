-- AlterTable
ALTER TABLE "RoomInvite" ADD COLUMN     "roomAccess" "RoomAccess",
ADD COLUMN     "roomName" TEXT;

-- Ended ones stay without a name: it may have changed since, in a room that their people may not read.
UPDATE "RoomInvite" i SET "roomName" = r.name, "roomAccess" = r.access
  FROM "Room" r WHERE r.id = i."roomId" AND i.state = 'pending' AND i."expiresAt" > now();
