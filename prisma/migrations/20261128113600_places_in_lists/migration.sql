-- Compared by code point in every database: a locale's collation changes with its version and leaves the indexes corrupt.
-- Existing rows keep the empty key until the first list that reads them, because only the program can compute it.
-- AlterTable
ALTER TABLE "Group" ADD COLUMN "nameOrder" TEXT COLLATE "C" NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Person" ADD COLUMN "nameOrder" TEXT COLLATE "C" NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Room" ADD COLUMN "nameOrder" TEXT COLLATE "C" NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "Group_organizationId_nameOrder_id_idx" ON "Group"("organizationId", "nameOrder", "id");

-- CreateIndex
CREATE INDEX "Person_organizationId_nameOrder_id_idx" ON "Person"("organizationId", "nameOrder", "id");

-- CreateIndex
CREATE INDEX "Room_organizationId_nameOrder_id_idx" ON "Room"("organizationId", "nameOrder", "id");

-- CreateIndex
CREATE INDEX "MessageRevision_messageId_id_idx" ON "MessageRevision"("messageId", "id");
