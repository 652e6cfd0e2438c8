// npm run doctor      looks for damaged data; changes nothing; also works while Parley runs; exit code 1 if there is damage
import { runCommand } from "./backup/command.mjs";

await runCommand("npm run doctor", {}, async ({ settings, log, say }) => {
  const { openDatabase } = await import("./backup/open-database.mjs");
  const { examine } = await import("./doctor/examine.mjs");
  const { hints } = await import("./doctor/hints.mjs");
  const database = await openDatabase(settings, log);
  try {
    log("Checking");
    const { counts, findings } = await examine(database.url);
    const width = Math.max(0, ...counts.map(({ table }) => table.length));
    for (const { table, rows } of counts) say(`${table.padEnd(width)} ${String(rows).padStart(10)}`);
    for (const finding of findings) say(`WRONG: ${finding}`);
    for (const hint of hints(process.env)) say(`HINT: ${hint}`);
    if (findings.length === 0) say("Everything looks good.");
    process.exitCode = findings.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
});
