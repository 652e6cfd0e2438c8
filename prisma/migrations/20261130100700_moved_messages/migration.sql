-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "movedAt" TIMESTAMPTZ(3);
