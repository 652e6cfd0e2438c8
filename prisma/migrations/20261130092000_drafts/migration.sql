-- CreateTable
CREATE TABLE "Draft" (
    "organizationId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tick" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("personId","roomId")
);

-- CreateIndex
CREATE INDEX "Draft_personId_tick_idx" ON "Draft"("personId", "tick");

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
