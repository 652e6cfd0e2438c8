-- CreateEnum
CREATE TYPE "RoomHistory" AS ENUM ('everything', 'fromJoining');

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "floorSeq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "isFollowing" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "OrganizationLog" ADD COLUMN     "listsTick" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "PersonLog" ADD COLUMN     "groupsTick" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "floorSeq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "forAdmins" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "history" "RoomHistory" NOT NULL DEFAULT 'everything',
ADD COLUMN     "notices" BOOLEAN NOT NULL DEFAULT true;

-- Until now, a restricted room without groups was for owners and admins, who joined it when they joined the organization.
UPDATE "Room" r SET "forAdmins" = true
WHERE r.access = 'restricted' AND NOT EXISTS (SELECT 1 FROM "RoomGroup" g WHERE g."roomId" = r.id);
UPDATE "Membership" m SET "isFollowing" = true
FROM "Room" r, "Person" p
WHERE r.id = m."roomId" AND r."forAdmins" AND p.id = m."personId" AND p.role IN ('owner', 'admin') AND m.role = 'member';
