-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "leftAt" TIMESTAMPTZ(3);
