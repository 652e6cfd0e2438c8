-- AlterTable
ALTER TABLE "PersonLog" ADD COLUMN     "preferences" JSONB,
ADD COLUMN     "preferencesTick" INTEGER NOT NULL DEFAULT 0;
