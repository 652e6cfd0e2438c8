-- Limits that several processes share. Of the moment: not logged, lost in a crash, and in a schema of its own because it
-- is in no backup. The columns are those of the library rate-limiter-flexible.
CREATE SCHEMA IF NOT EXISTS "parley_moment";
CREATE UNLOGGED TABLE "parley_moment"."limits" (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
