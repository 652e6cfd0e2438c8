// npm run backup -- file [--force] [--with-secrets]      also works while Parley runs; decision 0008 describes the file
import { existsSync } from "node:fs";
import { runCommand } from "./backup/command.mjs";
import { readExistingSecrets } from "./setup/secrets.mjs";

await runCommand(
  "npm run backup -- parley.backup [--force] [--with-secrets]",
  { force: { type: "boolean" }, "with-secrets": { type: "boolean" } },
  async ({ file, options, settings, log, say, signal }) => {
    const { openDatabase } = await import("./backup/open-database.mjs");
    const { alreadyThere, writeBackup } = await import("./backup/write.mjs");
    const { force } = options;
    if (existsSync(file) && !force) throw alreadyThere(file);
    const database = await openDatabase(settings, log);
    try {
      log("Writing the backup");
      const authSecret = options["with-secrets"]
        ? (settings.authSecret ?? readExistingSecrets(settings.dataDir).authSecret)
        : undefined;
      const written = await writeBackup(file, {
        url: database.url,
        dataDir: settings.dataDir,
        authSecret,
        force,
        signal,
      });
      say(`Wrote ${file}: ${written.rows} rows, ${written.files} files, ${written.bytes} bytes.`);
    } finally {
      await database.close();
    }
  },
);
