-- CreateEnum
CREATE TYPE "PresenceChoice" AS ENUM ('auto', 'dnd', 'offline');

-- AlterTable
ALTER TABLE "PersonLog" ADD COLUMN     "presence" "PresenceChoice" NOT NULL DEFAULT 'auto',
ADD COLUMN     "presenceTick" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "presenceUntil" TIMESTAMPTZ(3);

-- For the job that takes back choices whose time is over.
CREATE INDEX "PersonLog_presenceUntil_idx" ON "PersonLog"("presenceUntil") WHERE "presenceUntil" IS NOT NULL;
