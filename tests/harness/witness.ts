// Somebody else, who asks for something small all the while: what they wait is what abuse costs the others.
import { data, type Login } from "./login";
import type { RunningServer } from "./server";

/** As often as one person may ask. */
const everyMs = 200;
/** Much less than what abuse costs a server that does not guard against it, and more than a loaded machine does. */
const waitsAtMostMs = 3_000;

/**
 * What is wrong with this work, and with how somebody else was served while it was done: an answer that was refused or came
 * late, or a process that has ended.
 */
export async function meanwhile(
  server: RunningServer,
  { login, roomId }: { login: Login; roomId: string },
  work: () => Promise<string[]>,
): Promise<string[]> {
  let running = true;
  const complaints: string[] = [];
  // The first answer of a route waits until its code is loaded.
  data(await login.rest("room.show", { roomId }));
  const asking = (async () => {
    while (running) {
      const began = performance.now();
      data(await login.rest("room.show", { roomId }));
      const ms = Math.round(performance.now() - began);
      if (ms > waitsAtMostMs) complaints.push(`somebody else waited ${ms} ms`);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })().catch((error) => complaints.push(`somebody else was not served: ${String(error)}`));
  complaints.push(...(await work()));
  running = false;
  await asking;
  const ended = await Promise.race([server.ended, Promise.resolve(null)]);
  if (ended !== null) complaints.push(`the server ended: ${ended}`);
  return complaints;
}
