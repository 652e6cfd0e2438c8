-- For the job that finds rooms whose time is over.
CREATE INDEX "Room_deletedAt_idx" ON "Room"("deletedAt") WHERE "deletedAt" IS NOT NULL;
