// The common part of backup, restore, doctor and password-link: arguments, settings, Ctrl-C and error messages.
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
 * Runs `main({ file, word, options, settings, log, say, signal })` and ends the process. Prints `usage` if the arguments are
 * invalid. If `usage` contains " -- ", the command takes exactly one argument: `word` is the argument as typed, `file` is the
 * argument as an absolute path. The packages may be missing until `main` runs. So import what needs them inside `main`, not at
 * the top of the file.
 */
export async function runCommand(usage, options, main) {
  requireNode(20, 19);
  const { log, say, done } = showProgress();
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => interruption.abort());
  whenOrphaned(() => interruption.abort());
  const { signal } = interruption;
  let failure;
  try {
    const args = readArguments(usage, options);
    const settings = readSettings(root);
    if (!settings.prebuilt) await installIfMissing(`npm run ${process.env.npm_lifecycle_event ?? "-"}`, log, signal);
    await main({ ...args, settings, log, say, signal });
  } catch (error) {
    failure = signal.aborted ? new PlainError("Stopped before it finished.") : explain(error);
  }
  done();
  if (failure) exitWith(failure);
  process.exit();
}

/** What package pg says of a connection that has ended, in the middle of a query or before one. */
const lostConnection = /^(Connection (terminated|ended)|Client (has encountered a connection error|was closed))/;

/** Turns errors of Postgres and missing packages into a sentence for the user. Other errors are bugs and stay unchanged. */
function explain(error) {
  if (error.code === "ERR_MODULE_NOT_FOUND") {
    return new PlainError("Packages are missing or still being installed. Run npm start, or try again in a minute.");
  }
  const isDatabase = error.severity !== undefined || lostConnection.test(error.message);
  if (!isDatabase && error.code !== "ECONNRESET") return error;
  const reason = error.message.replace(/\s+/g, " ").slice(0, 200).replace(/\.$/, "");
  return new PlainError(`The database reported an error (${reason}). Nothing was changed.`);
}

/**
 * Installs packages only if there are none at all. Outdated packages stay, because these commands must not change the packages
 * that a running Parley uses.
 */
async function installIfMissing(name, log, signal) {
  if (hasPackages(root)) return;
  const checkout = openCheckout(root, name, log, signal);
  await checkout.change(() => installDependencies(checkout, log, signal));
}

function readArguments(usage, options) {
  const expected = usage.includes(" -- ") ? 1 : 0;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== expected) throw new Error("unexpected arguments");
    // npm runs this script in Parley's folder. INIT_CWD is the folder where the user started npm.
    const file = path.resolve(process.env.INIT_CWD ?? "", positionals[0] ?? "");
    return { file, word: positionals[0] ?? "", options: values };
  } catch {
    throw new PlainError(`Usage: ${usage}`);
  }
}
