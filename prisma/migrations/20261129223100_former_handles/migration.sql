-- CreateTable
CREATE TABLE "FormerHandle" (
    "organizationId" UUID NOT NULL,
    "handle" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FormerHandle_pkey" PRIMARY KEY ("organizationId","handle")
);

-- CreateIndex
CREATE INDEX "FormerHandle_organizationId_personId_idx" ON "FormerHandle"("organizationId", "personId");

-- AddForeignKey
ALTER TABLE "FormerHandle" ADD CONSTRAINT "FormerHandle_organizationId_personId_fkey" FOREIGN KEY ("organizationId", "personId") REFERENCES "Person"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
