// What backup, restore, doctor and password-link have in common: arguments, settings, Ctrl-C, and a failure told in one sentence.
import path from "node:path";
import { parseArgs } from "node:util";
import { openCheckout } from "../setup/checkout.mjs";
import { hasPackages, installDependencies } from "../setup/install.mjs";
import { requireNode } from "../setup/node-version.mjs";
import { whenOrphaned } from "../setup/orphan.mjs";
import { exitWith, PlainError } from "../setup/plain-error.mjs";
import { showProgress } from "../setup/progress.mjs";
import { readSettings } from "../setup/settings.mjs";

const root = path.join(import.meta.dirname, "../..");

/**
 * Runs `main({ file, word, options, settings, log, say, signal })` and ends the process. `usage` is shown for arguments that are
 * not understood; one that names nothing behind the -- takes nothing. `word` is what was given, `file` the same as a path. What needs packages is imported by `main`, once they are there.
 */
export async function runCommand(usage, options, main) {
  requireNode(20, 19);
  const { log, say, done } = showProgress();
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => interrupted.abort());
  whenOrphaned(() => interrupted.abort());
  const { signal } = interrupted;
  let failure;
  try {
    const given = readArguments(usage, options);
    const settings = readSettings(root);
    if (!settings.prebuilt) await installWhereMissing(`npm run ${process.env.npm_lifecycle_event ?? "-"}`, log, signal);
    await main({ ...given, settings, log, say, signal });
  } catch (error) {
    failure = signal.aborted ? new PlainError("Stopped before it finished.") : explain(error);
  }
  done();
  if (failure) exitWith(failure);
  process.exit();
}

/** What Postgres or the packages refuse is for the person at the keyboard, not a defect of ours. */
function explain(error) {
  if (error.code === "ERR_MODULE_NOT_FOUND") {
    return new PlainError("Packages are missing or still being installed. Run npm start, or try again in a minute.");
  }
  const isDatabase = error.severity !== undefined || /^Connection (terminated|ended)/.test(error.message);
  if (!isDatabase && error.code !== "ECONNRESET") return error;
  const reason = error.message.replace(/\s+/g, " ").slice(0, 200).replace(/\.$/, "");
  return new PlainError(`The database reported an error (${reason}). Nothing was changed.`);
}

/**
 * What looks must not change what a running Parley uses: packages of another package-lock.json are left as they are, and
 * only where there are none at all they are installed.
 */
async function installWhereMissing(name, log, signal) {
  if (hasPackages(root)) return;
  const checkout = openCheckout(root, name, log, signal);
  await checkout.change(() => installDependencies(checkout, log, signal));
}

function readArguments(usage, options) {
  const wanted = usage.includes(" -- ") ? 1 : 0;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== wanted) throw new Error("unexpected arguments");
    // npm runs this in Parley's own folder, whatever folder the person is in.
    const file = path.resolve(process.env.INIT_CWD ?? "", positionals[0] ?? "");
    return { file, word: positionals[0] ?? "", options: values };
  } catch {
    throw new PlainError(`Usage: ${usage}`);
  }
}
