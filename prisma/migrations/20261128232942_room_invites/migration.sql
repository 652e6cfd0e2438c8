-- CreateEnum
CREATE TYPE "RoomInviteState" AS ENUM ('pending', 'accepted', 'declined', 'withdrawn', 'expired');

-- CreateTable
CREATE TABLE "RoomInvite" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "inviterId" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" "RoomInviteState" NOT NULL DEFAULT 'pending',
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "personTick" INTEGER NOT NULL DEFAULT 0,
    "inviterTick" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoomInvite_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RoomInvite_personId_personTick_idx" ON "RoomInvite"("personId", "personTick");

-- CreateIndex
CREATE INDEX "RoomInvite_inviterId_inviterTick_idx" ON "RoomInvite"("inviterId", "inviterTick");

-- CreateIndex
CREATE INDEX "RoomInvite_roomId_idx" ON "RoomInvite"("roomId");

-- AddForeignKey
ALTER TABLE "RoomInvite" ADD CONSTRAINT "RoomInvite_organizationId_roomId_fkey" FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomInvite" ADD CONSTRAINT "RoomInvite_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomInvite" ADD CONSTRAINT "RoomInvite_organizationId_inviterId_fkey" FOREIGN KEY ("organizationId", "inviterId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One pending invite for each person and room. Prisma's schema cannot say this.
CREATE UNIQUE INDEX "RoomInvite_pending_key" ON "RoomInvite"("roomId", "personId") WHERE state = 'pending';

-- For the sweep that ends expired invites.
CREATE INDEX "RoomInvite_expiry_idx" ON "RoomInvite"("expiresAt") WHERE state = 'pending';
