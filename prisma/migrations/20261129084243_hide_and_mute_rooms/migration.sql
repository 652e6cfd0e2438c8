-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "hiddenUpToSeq" INTEGER,
ADD COLUMN     "isMuted" BOOLEAN NOT NULL DEFAULT false;
