-- AlterTable
ALTER TABLE "Draft" ADD COLUMN     "threadRoomId" UUID;
