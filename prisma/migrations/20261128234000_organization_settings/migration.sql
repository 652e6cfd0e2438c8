-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "adminIdleHours" INTEGER NOT NULL DEFAULT 336,
ADD COLUMN     "idleHours" INTEGER NOT NULL DEFAULT 336,
ADD COLUMN     "membersAddPeople" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "membersCreateRooms" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "membersInvite" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "membersSetTopic" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "roomAdminsDelete" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tick" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "membersAddPeople" BOOLEAN,
ADD COLUMN     "membersSetTopic" BOOLEAN;
