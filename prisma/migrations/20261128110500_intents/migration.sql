-- What people asked for under an id of their own, and what it was answered: a repeat gets the same answer (decision 0031).
-- Of the moment, like the limits: ten minutes, and in no backup, because an answer may hold text that is deleted later. Logged
-- all the same: a crash is when answers are lost and requests are repeated.
CREATE TABLE "parley_moment"."intents" (
  "personId" uuid NOT NULL,
  -- Named by whoever asks; another person's intent of the same id is another one.
  "id" uuid NOT NULL,
  "operation" text NOT NULL,
  -- SHA-256 of what it was asked with.
  "input" text NOT NULL,
  -- Empty only until the transaction that does it commits.
  "answer" json,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("personId", "id")
);
CREATE INDEX "intents_createdAt_idx" ON "parley_moment"."intents" ("createdAt");
