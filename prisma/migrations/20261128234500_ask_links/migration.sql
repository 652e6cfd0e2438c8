-- CreateEnum
CREATE TYPE "JoinRequestState" AS ENUM ('pending', 'approved', 'refused', 'withdrawn');

-- CreateTable
CREATE TABLE "AskLink" (
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "creatorId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AskLink_pkey" PRIMARY KEY ("roomId")
);

-- CreateTable
CREATE TABLE "JoinRequest" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" "JoinRequestState" NOT NULL DEFAULT 'pending',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "JoinRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AskLink_tokenHash_key" ON "AskLink"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "AskLink_organizationId_roomId_key" ON "AskLink"("organizationId", "roomId");

-- CreateIndex
CREATE INDEX "JoinRequest_roomId_personId_idx" ON "JoinRequest"("roomId", "personId");

-- AddForeignKey
ALTER TABLE "AskLink" ADD CONSTRAINT "AskLink_organizationId_roomId_fkey" FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AskLink" ADD CONSTRAINT "AskLink_organizationId_creatorId_fkey" FOREIGN KEY ("organizationId", "creatorId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JoinRequest" ADD CONSTRAINT "JoinRequest_organizationId_roomId_fkey" FOREIGN KEY ("organizationId", "roomId") REFERENCES "Room"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JoinRequest" ADD CONSTRAINT "JoinRequest_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One pending request for each person and room. Prisma's schema cannot say this. The index also counts a room's requests.
CREATE UNIQUE INDEX "JoinRequest_pending_key" ON "JoinRequest"("roomId", "personId") WHERE state = 'pending';
