// Measures what abuse costs other people: while a test abuses the server, another person keeps making small requests.
import { data, type Login } from "./login";
import type { RunningServer } from "./server";

/** As often as the rate limit allows. */
const everyMs = 200;
/** More than a request takes on a busy machine, and much less than on a server that does not resist the abuse. */
const maxWaitMs = 3_000;

/**
 * Does the work while another person makes requests. Returns the complaints of both: those of `work`, requests of the other
 * person that failed or took too long, and the server's end.
 */
export async function meanwhile(
  server: RunningServer,
  { login, roomId }: { login: Login; roomId: string },
  work: () => Promise<string[]>,
): Promise<string[]> {
  let running = true;
  const complaints: string[] = [];
  // The first request of a route loads its code, so it is not measured.
  data(await login.rest("room.show", { roomId }));
  const otherPerson = (async () => {
    while (running) {
      const began = performance.now();
      data(await login.rest("room.show", { roomId }));
      const ms = Math.round(performance.now() - began);
      if (ms > maxWaitMs) complaints.push(`somebody else waited ${ms} ms`);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })().catch((error) => complaints.push(`somebody else was not served: ${String(error)}`));
  complaints.push(...(await work()));
  running = false;
  await otherPerson;
  const ended = await Promise.race([server.ended, Promise.resolve(null)]);
  if (ended !== null) complaints.push(`the server ended: ${ended}`);
  return complaints;
}
