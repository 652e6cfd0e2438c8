// npm run password-link -- ada@example.org      prints a link that sets a new password; also works while Parley runs. For the
//                                               server's administrator, if no owner can create a link.
import { runCommand } from "./backup/command.mjs";

await runCommand("npm run password-link -- ada@example.org", {}, async ({ word, settings, log, say }) => {
  const { openDatabase } = await import("./backup/open-database.mjs");
  const { makePasswordLink } = await import("./setup/password-link.mjs");
  const database = await openDatabase(settings, log);
  try {
    const token = await makePasswordLink(database.url, word);
    say(`${new URL(settings.address).origin}/reset/${token}`);
    say("It works once, for one day. Send it to no one else.");
  } finally {
    await database.close();
  }
});
