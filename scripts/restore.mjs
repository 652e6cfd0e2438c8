// npm run restore -- file      restores into an empty database: in a new DATA_DIR, or at DATABASE_URL
import { runCommand } from "./backup/command.mjs";

await runCommand("npm run restore -- parley.backup", {}, async ({ file, settings, log, say, signal }) => {
  const { checkBackup } = await import("./backup/read.mjs");
  const { requireKnownMigrations } = await import("./backup/migrations.mjs");
  const { openExclusively } = await import("./backup/open-database.mjs");
  const { restore } = await import("./backup/restore.mjs");
  const { keepAuthSecret } = await import("./setup/secrets.mjs");

  log("Checking the backup");
  const { header, rows } = await checkBackup(file, signal);
  requireKnownMigrations("The backup", header.migrations);
  const database = await openExclusively(settings, log);
  try {
    await restore(database.url, file, { header, dataDir: settings.dataDir, log, signal });
  } finally {
    await database.close();
  }
  if (header.authSecret) keepAuthSecret(settings.dataDir, header.authSecret);
  if (header.isWithoutSecret)
    say(
      "The backup's sign-in secret is too short or has more than one line, so it was not restored. Everyone has to sign in again.",
    );
  say(
    `Restored ${rows} rows from ${header.createdAt}. Anything changed after that is gone; repeat it, removals included.`,
  );
});
