-- CreateEnum
CREATE TYPE "SessionEnd" AS ENUM ('here', 'elsewhere', 'password', 'crowd');

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "endedBy" "SessionEnd";
