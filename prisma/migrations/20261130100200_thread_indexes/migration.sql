-- Apart from the new columns: a migration is one transaction, and while an index is built only writes must wait, not reads.

-- The log of a room without the replies that only their threads show. Otherwise reading it would step over all replies.
CREATE INDEX "Message_roomId_seq_shown_idx" ON "Message"("roomId", "seq") WHERE ("threadId" IS NULL OR "alsoInRoom");

-- The latest change of a thread.
CREATE INDEX "Message_threadId_changedSeq_idx" ON "Message"("threadId", "changedSeq") WHERE "threadId" IS NOT NULL;
