-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "sectionId" TEXT;

-- AlterTable
ALTER TABLE "PersonLog" ADD COLUMN     "sections" JSONB,
ADD COLUMN     "sectionsTick" INTEGER NOT NULL DEFAULT 0;
