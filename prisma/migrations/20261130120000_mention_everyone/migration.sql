-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "membersMentionEveryone" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "membersMentionEveryone" BOOLEAN;
