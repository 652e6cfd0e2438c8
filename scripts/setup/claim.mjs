// A lock with one owner. The owner listens on a socket. The system closes the socket when the owner's process ends for any
// reason.
//
// The lock is a folder that contains the owner's socket. To take the lock, a process creates its own folder with a listening
// socket and renames this folder to the lock's path. Renaming is atomic and fails if the lock's folder is not empty. So the
// process first removes the sockets of dead owners. A socket's name is never reused, so this cannot remove the socket of a living
// owner.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/** The longest wait for an owner's answer. A busy or stopped process accepts connections without answering. */
const ANSWER_WITHIN_MS = 5_000;
/** Errors that prove that no process listens. Any other error may come from a living owner. */
const DEAD_OWNER = new Set(["ECONNREFUSED", "ENOTSOCK", "ENOENT"]);

/**
 * Takes the lock `name` in `folder` for this process. If another process has the lock, resolves to { owner }: the `about` that
 * the other process passed to `claim`. Otherwise resolves to { release(), interrupted, descriptor }. `interrupted` is whether the
 * last owner was killed. A child process that inherits `descriptor` also holds the lock until it ends. For tests, `at(step)` is
 * called at every step.
 */
export async function claim(folder, name, about, at = () => {}) {
  const lock = path.join(folder, name);
  const server = createServer((connection) => {
    connection.on("error", () => {});
    connection.end(JSON.stringify(about));
  });
  server.unref();
  let interrupted = false;
  let ownFolder = await createOwnFolder(server, lock, at);
  while (true) {
    // Some file systems, such as network shares, have no sockets. Continues without a lock: a second start finds its port taken.
    if (!ownFolder) return { interrupted, release() {} };
    const found = await findOwner(lock, at);
    if (found.owner) {
      server.close();
      rmSync(ownFolder.folder, { recursive: true, force: true });
      return { owner: found.owner };
    }
    interrupted ||= found.wasTaken;
    const renameError = rename(ownFolder.folder, lock);
    if (!renameError) break;
    if (renameError !== "ENOENT") continue; // another process was faster: look for the owner again
    server.close(); // a new owner removed our folder (see `removeOtherFolders`)
    ownFolder = await createOwnFolder(server, lock, at);
  }
  at("taken");
  removeOtherFolders(folder, `${name}.`);
  return { interrupted, descriptor: server._handle.fd, release: () => releaseLock(server, lock, ownFolder.id) };
}

/**
 * Finds the owner of the lock: { owner, wasTaken }. `wasTaken` is whether a process took the lock and did not release it. Removes
 * the sockets of dead owners.
 */
export async function findOwner(lock, at = () => {}) {
  const names = socketNames(lock);
  for (const name of names ?? []) {
    const owner = await readOwner(lock, name);
    if (owner) return { owner, wasTaken: true };
    removeDeadSocket(path.join(lock, name));
    at("cleared");
  }
  return { wasTaken: names !== undefined };
}

/** Creates this process's own folder with a listening socket: { folder, id }. Returns undefined if sockets can't be created. */
async function createOwnFolder(server, lock, at) {
  while (true) {
    // Starts with a letter, because Node treats a name of digits as a port.
    const id = `s${randomBytes(6).toString("hex")}`;
    const folder = `${lock}.${id}`;
    mkdirSync(folder, { mode: 0o700 });
    at("made");
    const isListening = await listen(server, folder, id);
    at("listening");
    if (isListening) return { folder, id };
    if (!existsSync(folder)) continue; // a new owner removed it
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

function listen(server, folder, name) {
  return new Promise((resolve) => {
    const settle = (isListening) => {
      server.removeAllListeners("error").removeAllListeners("listening");
      resolve(isListening);
    };
    server.once("error", () => settle(false)).once("listening", () => settle(true));
    try {
      inside(folder, () => server.listen({ path: name }));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
      settle(false); // the folder is gone
    }
  });
}

/** Removes only this process's own socket. If the folder already contains the next owner's socket, rmdir fails and keeps it. */
function releaseLock(server, lock, id) {
  server.close();
  remove(() => unlinkSync(path.join(lock, id)));
  remove(() => rmdirSync(lock));
}

/** The names of the sockets in the lock. Undefined if the lock was never taken, or was released. */
function socketNames(lock) {
  try {
    return readdirSync(lock);
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    if (error.code === "ENOTDIR") return [""]; // earlier versions put the socket itself at this path
    throw new PlainError(`Can't read ${lock} (${error.code}). Start Parley as the user that owns it.`);
  }
}

/** The owner's `about`. {} if the owner does not answer in time, undefined if it is dead. */
async function readOwner(lock, name) {
  const [folder, file] = name === "" ? [path.dirname(lock), path.basename(lock)] : [lock, name];
  const end = Date.now() + ANSWER_WITHIN_MS;
  while (Date.now() < end) {
    const { answer, code } = await connectOnce(folder, file, end - Date.now());
    if (answer) return answer;
    if (DEAD_OWNER.has(code)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20)); // an owner that is exiting no longer listens at the next attempt
  }
  return {};
}

/** Connects once: { answer }, or { code } of the error. */
function connectOnce(folder, file, withinMs) {
  return new Promise((resolve) => {
    let connection;
    try {
      connection = inside(folder, () => connect({ path: file }));
    } catch (error) {
      return resolve({ code: error.code });
    }
    const timer = setTimeout(() => connection.destroy(), withinMs);
    const answer = [];
    let code;
    connection.on("data", (chunk) => answer.push(chunk));
    connection.once("error", (error) => {
      code = error.code;
    });
    connection.once("close", () => {
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

/** Runs `work` in this folder. A socket's path can then be relative, because it is limited to about a hundred characters. */
function inside(folder, work) {
  const previousFolder = process.cwd();
  process.chdir(folder);
  try {
    return work();
  } finally {
    process.chdir(previousFolder);
  }
}

/** Returns undefined on success. Returns the error code if the target is taken or the source does not exist. */
function rename(from, to) {
  try {
    renameSync(from, to);
    return undefined;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR", "ENOENT"].includes(error.code)) return error.code;
    throw error;
  }
}

/** Removes the folders of other claimants. They were killed while claiming, or will find that this process has the lock. */
function removeOtherFolders(folder, prefix) {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
    remove(() => rmSync(path.join(folder, name), { recursive: true, force: true }));
  }
}

function removeDeadSocket(socket) {
  try {
    unlinkSync(socket);
  } catch (error) {
    // Another process has removed the socket, or has taken the lock at the path of an earlier version's socket.
    if (["ENOENT", "EISDIR"].includes(error.code) || (error.code === "EPERM" && process.platform === "darwin")) return;
    throw new PlainError(`Can't remove ${socket} (${error.code}). Start Parley as the user that owns it.`);
  }
}

function remove(work) {
  try {
    work();
  } catch {
    // Another process has removed the file or folder, or uses it.
  }
}
