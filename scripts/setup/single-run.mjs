// One Parley a folder: two would fight over one database. A socket tells more surely than a file with a process id
// whether its owner still lives: the system closes it with the process.
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/**
 * Takes the folder for this process, or says who has it. Returns { interrupted, release() }; `interrupted` is whether
 * the last owner was killed, so that its server may still be finishing.
 */
export async function takeFolder(dataDir, address) {
  // Relative, because such an address may not be longer than about a hundred characters.
  const socket = path.relative(process.cwd(), path.join(dataDir, "running.sock"));
  const server = createServer((caller) => caller.end(JSON.stringify({ pid: process.pid, address })));
  server.unref();
  let interrupted = false;
  let refusal = await listen(server, socket);
  if (refusal === "EADDRINUSE") {
    const owner = await ask(socket);
    if (owner) throw new PlainError(`Parley already runs here: ${owner.address} (process ${owner.pid}).`);
    interrupted = true;
    rmSync(socket, { force: true });
    refusal = await listen(server, socket);
  }
  // A file system without sockets (some network shares) is no reason not to start: the port still tells.
  return { interrupted, release: () => refusal || server.close() };
}

/** Undefined when it listens, else the error code. */
function listen(server, socket) {
  return new Promise((resolve) => {
    const refuse = (error) => resolve(error.code);
    server.once("error", refuse);
    server.listen(socket, () => {
      server.off("error", refuse);
      resolve(undefined);
    });
  });
}

async function ask(socket) {
  const caller = connect(socket);
  try {
    await once(caller, "connect");
    const answer = [];
    for await (const chunk of caller) answer.push(chunk);
    return JSON.parse(Buffer.concat(answer).toString());
  } catch {
    return undefined;
  }
}
