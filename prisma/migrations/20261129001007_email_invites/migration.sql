-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "emailProvenAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Invite" ADD COLUMN     "email" TEXT,
ADD COLUMN     "guestEndsAt" TIMESTAMPTZ(3),
ADD COLUMN     "sentAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "InviteUse" (
    "organizationId" UUID NOT NULL,
    "inviteId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InviteUse_pkey" PRIMARY KEY ("organizationId","personId")
);

-- CreateIndex
CREATE INDEX "InviteUse_inviteId_personId_idx" ON "InviteUse"("inviteId", "personId");

-- AddForeignKey
ALTER TABLE "InviteUse" ADD CONSTRAINT "InviteUse_organizationId_inviteId_fkey" FOREIGN KEY ("organizationId", "inviteId") REFERENCES "Invite"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InviteUse" ADD CONSTRAINT "InviteUse_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
