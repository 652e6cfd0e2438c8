-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "picture" TEXT;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "emoji" TEXT,
ADD COLUMN     "picture" TEXT;
