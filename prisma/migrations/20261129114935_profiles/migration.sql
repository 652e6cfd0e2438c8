-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "pronouns" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "statusEmoji" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "statusText" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "statusUntil" TIMESTAMPTZ(3),
ADD COLUMN     "timeZone" TEXT,
ADD COLUMN     "title" TEXT NOT NULL DEFAULT '';
