-- AlterTable
ALTER TABLE "ThreadFollow" ADD COLUMN     "fromSeq" INTEGER NOT NULL DEFAULT 0;
