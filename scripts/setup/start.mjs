import path from "node:path";
import { adviseNode } from "./node-version.mjs";
import { whenOrphaned } from "./orphan.mjs";
import { exitWith } from "./plain-error.mjs";
import { prepare } from "./prepare.mjs";
import { showProgress } from "./progress.mjs";
import { readSettings } from "./settings.mjs";
import { supervise } from "./supervise.mjs";

const root = path.join(import.meta.dirname, "../..");

/**
 * Prepares everything, runs the servers that `entriesFor(settings, serverEnv)` returns as [{ name, args, env }], and prints their
 * address. On Ctrl-C, lets the servers finish their requests and stops them, then stops the database.
 */
export async function start({ withBuild, words, entriesFor, whenReady }) {
  process.chdir(root);
  process.stdout.on("error", () => {}); // keep running if the reader of our output exits
  const { log, say, done } = showProgress();
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => interrupt.abort());
  whenOrphaned(() => interrupt.abort());
  const interruption = new Promise((resolve) => interrupt.signal.addEventListener("abort", resolve));

  let prepared;
  let servers;
  let failure;
  try {
    const settings = readSettings(root, words);
    prepared = await prepare(settings, { withBuild, log, signal: interrupt.signal });
    interrupt.signal.throwIfAborted();
    log("Starting the server");
    servers = supervise(entriesFor(settings, prepared.serverEnv), say);
    const messages = await Promise.race([whenReady?.(settings) ?? servers.ready, servers.ready, interruption]);
    if (!interrupt.signal.aborted) {
      adviseNode(22, 24, say);
      say(startedSentence(settings, prepared, messages?.[0]?.setUpAt));
      const reachSentence = reachSentenceFor(settings, messages?.[0]?.reach);
      if (reachSentence) say(reachSentence);
    }
    await interruption;
  } catch (error) {
    if (!interrupt.signal.aborted) failure = error;
  }
  done();
  await servers?.stop();
  await prepared?.release();
  if (failure) exitWith(failure);
  process.exit(0);
}

/** A sentence about how other computers reach Parley. Undefined if they can use the printed address. */
function reachSentenceFor({ address, ports }, reach) {
  if (reach?.address && reach.address !== new URL(address).origin) {
    return `Other computers on your network find it at ${reach.address}`;
  }
  if (!reach?.command || ports.length > 1) return undefined;
  return `Only this computer can open that address. To let others in, stop it and start it with: ${reach.command}`;
}

/** `setUpAt` is the address with the setup code, from the server. Undefined if the set-up needs no code. */
function startedSentence({ address, ports }, { isNew }, setUpAt) {
  const what = isNew ? `Open ${setUpAt ?? address} to create your organization.` : `Parley is running at ${address}`;
  if (ports.length === 1) return `${what}${isNew ? "" : "."} Press Ctrl-C to stop.`;
  const where = `${ports.length} processes listen on ports ${ports[0]} to ${ports.at(-1)}. Put a load balancer in front of them: see docs/deploying.md.`;
  return `${what}${isNew ? "" : "."} ${where} Press Ctrl-C to stop them all.`;
}
