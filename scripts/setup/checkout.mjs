// What is installed, generated and built in this folder is shared by whatever runs from it: several starts, tests, a build.
// Who changes it does so alone, and not what somebody runs from.
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { claim, findOwner } from "./claim.mjs";
import { PlainError } from "./plain-error.mjs";

const LOOK_AGAIN_MS = 200;

/** `address` tells others who this is. Returns { root, turn, change, requireUnused, use, release }. */
export function openCheckout(root, address, log = () => {}, signal) {
  const folder = path.join(root, ".running");
  const about = { pid: process.pid, address };
  const ours = new Map();

  async function takeTurn() {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let isFirst = true; ; isFirst = false) {
      signal?.throwIfAborted();
      const { owner, ...turn } = await claim(folder, "changing", about);
      if (!owner) return turn;
      if (isFirst) log(`Waiting for ${owner.address ?? "an interrupted start"} to finish preparing this folder`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  const checkout = {
    root,
    /** While it is ours to change: the descriptor of the socket that says so, for a child that may outlive us. */
    turn: undefined,

    /** Runs `work` while nobody else installs, generates or builds here: waits for whoever does. */
    async change(work) {
      const { descriptor, release } = await takeTurn();
      checkout.turn = descriptor;
      try {
        return await work();
      } finally {
        checkout.turn = undefined;
        release();
      }
    },

    /** Refuses to change a file or folder that somebody runs from; only inside `change`. */
    async requireUnused(items, reason) {
      const users = readdirSync(folder).filter((name) => /^user-\w+$/.test(name) && !ours.has(name));
      for (const name of users) {
        const { owner } = await findOwner(path.join(folder, name));
        // Whoever holds its place and does not answer may use anything.
        if (!owner || (owner.uses && !items.some((item) => owner.uses.includes(item)))) continue;
        const who = owner.address ? `${owner.address} (process ${owner.pid})` : "a Parley that isn't responding";
        throw new PlainError(
          `${reason}, but ${who} is running from this folder. Stop it first, or use another checkout.`,
        );
      }
    },

    /** From now on nobody changes these; only inside `change`. */
    async use(items) {
      const name = `user-${randomBytes(6).toString("hex")}`;
      const { release } = await claim(folder, name, { ...about, uses: items });
      ours.set(name, release);
    },

    release() {
      for (const letGo of ours.values()) letGo();
      ours.clear();
    },
  };
  return checkout;
}
