-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('browser', 'token');

-- DropForeignKey
ALTER TABLE "Invite" DROP CONSTRAINT "Invite_organizationId_creatorId_fkey";

-- DropForeignKey
ALTER TABLE "Message" DROP CONSTRAINT "Message_organizationId_authorId_fkey";

-- DropForeignKey
ALTER TABLE "MessageRevision" DROP CONSTRAINT "MessageRevision_messageId_fkey";

-- DropIndex
DROP INDEX "Membership_personId_idx";

-- DropIndex
DROP INDEX "Message_authorId_idx";

-- DropIndex
DROP INDEX "MessageRevision_messageId_id_idx";

-- DropIndex
DROP INDEX "MessageRevision_messageId_replacedAt_idx";

-- DropIndex
DROP INDEX "Person_organizationId_name_idx";

-- AlterTable
ALTER TABLE "Group" ADD COLUMN     "tick" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "personTick" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "readAtSeq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "roomTick" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Message" DROP CONSTRAINT "Message_pkey",
ADD COLUMN     "bodyKeyId" UUID,
ADD COLUMN     "threadId" UUID,
ALTER COLUMN "body" DROP NOT NULL,
ADD CONSTRAINT "Message_pkey" PRIMARY KEY ("organizationId", "id");

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "tick" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "directIds" UUID[] DEFAULT ARRAY[]::UUID[];
UPDATE "Room" SET "directIds" = string_to_array("directKey", ',')::uuid[] WHERE "directKey" IS NOT NULL;
ALTER TABLE "Room" ALTER COLUMN "directKey" TYPE BYTEA USING sha256(convert_to("directKey", 'UTF8'));

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "kind" "SessionKind" NOT NULL DEFAULT 'browser';

-- CreateTable
CREATE TABLE "OrganizationLog" (
    "organizationId" UUID NOT NULL,
    "clock" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "OrganizationLog_pkey" PRIMARY KEY ("organizationId")
);

-- CreateTable
CREATE TABLE "Gone" (
    "organizationId" UUID NOT NULL,
    "logId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "tick" INTEGER NOT NULL,

    CONSTRAINT "Gone_pkey" PRIMARY KEY ("logId","kind","key")
);

-- CreateIndex
CREATE INDEX "Gone_logId_tick_idx" ON "Gone"("logId", "tick");

-- CreateIndex
CREATE INDEX "Gone_organizationId_idx" ON "Gone"("organizationId");

-- CreateIndex
CREATE INDEX "Group_organizationId_tick_idx" ON "Group"("organizationId", "tick");

-- CreateIndex
CREATE INDEX "Membership_personId_personTick_idx" ON "Membership"("personId", "personTick");

-- CreateIndex
CREATE INDEX "Membership_roomId_roomTick_idx" ON "Membership"("roomId", "roomTick");

-- CreateIndex
CREATE INDEX "Message_threadId_seq_idx" ON "Message"("threadId", "seq") WHERE "threadId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Message_authorId_roomId_seq_idx" ON "Message"("authorId", "roomId", "seq");

-- CreateIndex
CREATE INDEX "MessageRevision_organizationId_messageId_id_idx" ON "MessageRevision"("organizationId", "messageId", "id");

-- CreateIndex
CREATE INDEX "Person_organizationId_tick_idx" ON "Person"("organizationId", "tick");

-- AddForeignKey
ALTER TABLE "OrganizationLog" ADD CONSTRAINT "OrganizationLog_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gone" ADD CONSTRAINT "Gone_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- These three can be deferred, so that one statement can delete an organization with its people and messages.
-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_organizationId_authorId_fkey" FOREIGN KEY ("organizationId", "authorId") REFERENCES "Person"("organizationId", "id") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_organizationId_threadId_fkey" FOREIGN KEY ("organizationId", "threadId") REFERENCES "Message"("organizationId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "MessageRevision" ADD CONSTRAINT "MessageRevision_organizationId_messageId_fkey" FOREIGN KEY ("organizationId", "messageId") REFERENCES "Message"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invite" ADD CONSTRAINT "Invite_organizationId_creatorId_fkey" FOREIGN KEY ("organizationId", "creatorId") REFERENCES "Person"("organizationId", "id") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

UPDATE "Message" SET "body" = NULL WHERE "kind" = 'notice' OR "deletedAt" IS NOT NULL;
UPDATE "Membership" SET "roomTick" = "joinedSeq";

-- A person's clock starts at 1. Every membership counts as changed at its latest tick, so that a client which was behind during
-- the upgrade receives all of them.
CREATE TABLE "PersonLog" (
    "organizationId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "clock" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "PersonLog_pkey" PRIMARY KEY ("personId")
);
CREATE UNIQUE INDEX "PersonLog_organizationId_personId_key" ON "PersonLog"("organizationId", "personId");
ALTER TABLE "PersonLog" ADD CONSTRAINT "PersonLog_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
INSERT INTO "PersonLog" SELECT "organizationId", "id", greatest("clock", 1) FROM "Person";
UPDATE "Membership" m SET "personTick" = l."clock" FROM "PersonLog" l WHERE l."personId" = m."personId";
ALTER TABLE "Person" DROP COLUMN "clock";
