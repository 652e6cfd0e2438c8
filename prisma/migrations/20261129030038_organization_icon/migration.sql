-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "picture" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Organization_picture_key" ON "Organization"("picture");
