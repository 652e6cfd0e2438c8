// Several processes, such as a server and a test run, share the installed, generated and built files of a checkout. Only one
// process at a time may change these files, and only files that no other process uses.
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { claim, findOwner } from "./claim.mjs";
import { PlainError } from "./plain-error.mjs";

const RETRY_EVERY_MS = 200;

/**
 * Returns { root, lockDescriptor, change, requireUnused, use, release }. `address` is this process's name in messages of other
 * processes.
 */
export function openCheckout(root, address, log = () => {}, signal) {
  const folder = path.join(root, ".running");
  const about = { pid: process.pid, address };
  /** The locks of this process on files that it uses: each lock's name, with the function that releases the lock. */
  const ownUses = new Map();

  async function takeLock() {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let isFirst = true; ; isFirst = false) {
      signal?.throwIfAborted();
      const { owner, ...lock } = await claim(folder, "changing", about);
      if (!owner) return lock;
      // An owner without an address is a child process that outlived an interrupted start (see `lockDescriptor`).
      if (isFirst) log(`Waiting for ${owner.address ?? "an interrupted start"} to finish preparing this folder`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY_MS));
    }
  }

  const checkout = {
    root,
    /** During `change`, the descriptor of the lock's socket. A child that inherits it keeps the lock after this process ends. */
    lockDescriptor: undefined,

    /** Runs `work` while no other process installs, generates or builds here. Waits for other processes first. */
    async change(work) {
      const { descriptor, release } = await takeLock();
      checkout.lockDescriptor = descriptor;
      try {
        return await work();
      } finally {
        checkout.lockDescriptor = undefined;
        release();
      }
    },

    /** Throws if another process runs from one of these files or folders. Call it only inside `change`. */
    async requireUnused(items, reason) {
      const users = readdirSync(folder).filter((name) => /^user-\w+$/.test(name) && !ownUses.has(name));
      for (const name of users) {
        const { owner } = await findOwner(path.join(folder, name));
        // Skips locks without an owner, and owners that use none of the items. If an owner does not
        // answer, `uses` is undefined. It could be using any of the items.
        if (!owner || (owner.uses && !items.some((item) => owner.uses.includes(item)))) continue;
        const userName = owner.address ? `${owner.address} (process ${owner.pid})` : "a Parley that isn't responding";
        throw new PlainError(
          `${reason}, but ${userName} is running from this folder. Stop it first, or use another checkout.`,
        );
      }
    },

    /** Marks files and folders as in use. No other process changes them until `release`. Call it only inside `change`. */
    async use(items) {
      const name = `user-${randomBytes(6).toString("hex")}`;
      const { release } = await claim(folder, name, { ...about, uses: items });
      ownUses.set(name, release);
    },

    release() {
      for (const release of ownUses.values()) release();
      ownUses.clear();
    },
  };
  return checkout;
}
