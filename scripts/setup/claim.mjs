// One owner for a place, known by a socket: the system closes it with its process, however that process ends.
//
// The place is a folder with the owner's socket in it. Taking it is one step, which the system does for one process only:
// renaming a folder of one's own, whose socket already listens, to the place. That fails while anything is in there. The
// socket of a dead owner is removed before; its name is never used twice, so that removing it never hits a living one.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/** An owner who is busy or stopped takes connections without answering. */
const ANSWER_WITHIN_MS = 5_000;
/** Nothing listens there, or there is nothing. Any other error may come from somebody who lives. */
const GONE = new Set(["ECONNREFUSED", "ENOTSOCK", "ENOENT"]);

/**
 * Takes the place `name` in `folder` for this process. Resolves to { owner }, what its owner has said `about` itself, or to
 * { release(), interrupted, descriptor }: `interrupted` is whether the last owner was killed, and a child that inherits the
 * `descriptor` owns the place too, for as long as it lives. `at(step)` is for tests.
 */
export async function claim(folder, name, about, at = () => {}) {
  const place = path.join(folder, name);
  const server = createServer((caller) => {
    caller.on("error", () => {});
    caller.end(JSON.stringify(about));
  });
  server.unref();
  let interrupted = false;
  let own = await offer(server, place, at);
  while (true) {
    // A file system without sockets (some network shares) is no reason not to start: the port still tells.
    if (!own) return { interrupted, release() {} };
    const found = await findOwner(place, at);
    if (found.owner) {
      server.close();
      rmSync(own.folder, { recursive: true, force: true });
      return { owner: found.owner };
    }
    interrupted ||= found.wasTaken;
    const refusal = rename(own.folder, place);
    if (!refusal) break;
    if (refusal !== "ENOENT") continue; // somebody was faster, and is asked now
    server.close(); // our folder was swept by an owner
    own = await offer(server, place, at);
  }
  at("taken");
  sweep(folder, `${name}.`);
  return { interrupted, descriptor: server._handle.fd, release: () => letGo(server, place, own.id) };
}

/** Who has the place: { owner, wasTaken }. What a dead owner left is removed. */
export async function findOwner(place, at = () => {}) {
  const names = entries(place);
  for (const name of names ?? []) {
    const owner = await ask(place, name);
    if (owner) return { owner, wasTaken: true };
    removeDead(path.join(place, name));
    at("cleared");
  }
  return { wasTaken: names !== undefined };
}

/** A folder of one's own with a socket in it that listens: { folder, id }. Undefined where sockets cannot be. */
async function offer(server, place, at) {
  while (true) {
    // With a letter in front: Node takes a name of digits for a port.
    const id = `s${randomBytes(6).toString("hex")}`;
    const folder = `${place}.${id}`;
    mkdirSync(folder, { mode: 0o700 });
    at("made");
    const listens = await listen(server, folder, id);
    at("listening");
    if (listens) return { folder, id };
    if (!existsSync(folder)) continue; // swept by an owner
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

function listen(server, folder, name) {
  return new Promise((resolve) => {
    const settle = (listens) => {
      server.removeAllListeners("error").removeAllListeners("listening");
      resolve(listens);
    };
    server.once("error", () => settle(false)).once("listening", () => settle(true));
    try {
      inside(folder, () => server.listen({ path: name }));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
      settle(false); // the folder has gone
    }
  });
}

/** Only what is ours is removed: the folder stays while a next owner's socket is in it. */
function letGo(server, place, id) {
  server.close();
  remove(() => unlinkSync(path.join(place, id)));
  remove(() => rmdirSync(place));
}

/** The names in the place; undefined when it was never taken, or let go of in order. */
function entries(place) {
  try {
    return readdirSync(place);
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    if (error.code === "ENOTDIR") return [""]; // the socket itself was here in earlier versions
    throw new PlainError(`Can't read ${place} (${error.code}). Start Parley as the user that owns it.`);
  }
}

/** What the owner says about itself; undefined when there is none any more. */
async function ask(place, name) {
  const [folder, file] = name === "" ? [path.dirname(place), path.basename(place)] : [place, name];
  const end = Date.now() + ANSWER_WITHIN_MS;
  while (Date.now() < end) {
    const { answer, code } = await call(folder, file, end - Date.now());
    if (answer) return answer;
    if (GONE.has(code)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20)); // it may just be ending: then nothing listens next time
  }
  return {};
}

/** One call: { answer } or { code }, the error that it ended with. */
function call(folder, file, withinMs) {
  return new Promise((resolve) => {
    let caller;
    try {
      caller = inside(folder, () => connect({ path: file }));
    } catch (error) {
      return resolve({ code: error.code });
    }
    const timer = setTimeout(() => caller.destroy(), withinMs);
    const answer = [];
    let code;
    caller.on("data", (chunk) => answer.push(chunk));
    caller.once("error", (error) => {
      code = error.code;
    });
    caller.once("close", () => {
      clearTimeout(timer);
      resolve({ answer: parse(Buffer.concat(answer)), code });
    });
  });
}

function parse(answer) {
  try {
    return JSON.parse(answer.toString());
  } catch {
    return undefined;
  }
}

/** Relative to its folder, because the address of a socket may not be longer than about a hundred characters. */
function inside(folder, work) {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return work();
  } finally {
    process.chdir(before);
  }
}

/** Undefined when it is done, else the error code. */
function rename(from, to) {
  try {
    renameSync(from, to);
    return undefined;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR", "ENOENT"].includes(error.code)) return error.code;
    throw error;
  }
}

/** Folders of those who were killed while they took the place, or are about to be refused. */
function sweep(folder, prefix) {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
    remove(() => rmSync(path.join(folder, name), { recursive: true, force: true }));
  }
}

function removeDead(socket) {
  try {
    unlinkSync(socket);
  } catch (error) {
    // Somebody else was faster; or has taken the place meanwhile, where a socket of an earlier version was.
    if (["ENOENT", "EISDIR"].includes(error.code) || (error.code === "EPERM" && process.platform === "darwin")) return;
    throw new PlainError(`Can't remove ${socket} (${error.code}). Start Parley as the user that owns it.`);
  }
}

function remove(work) {
  try {
    work();
  } catch {
    // Somebody else has removed it, or uses it.
  }
}
