import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { openResponses } from "./admission";
import { heldBytes } from "./body";
import { countPeers } from "./bus";
import { pool } from "./pool";
import { env } from "./env";
import { isDraining } from "./health";
import { metrics } from "./metrics";
import { countPresent } from "./presence";
import { personalLoad } from "./personal";
import { realtimeLoad } from "./realtime";
import { hashesWaiting } from "./hashing";

/**
 * Whether the figures may be told: to whoever knows the token, or to this machine itself. Behind a proxy everybody
 * comes from this machine, so there only the token counts; a public address with https means a proxy, too.
 */
export function mayScrape(request: IncomingMessage): boolean {
  const { authorization, host = "", "x-forwarded-for": forwarded } = request.headers;
  const { metricsToken, proxies, publicUrl } = env();
  if (authorization !== undefined) return metricsToken !== null && isSame(authorization, `Bearer ${metricsToken}`);
  if (proxies.hops > 0 || proxies.listed !== null || publicUrl.protocol === "https:" || forwarded !== undefined)
    return false;
  // By a name of this machine only: another site may let its own name point here and read along in a browser.
  return isLoopback(request.socket.remoteAddress ?? "") && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** Takes the same time wherever the two differ; digests, so that the length does not show either. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Answers with every figure of this process, as Prometheus reads them. */
export async function answerScrape(response: ServerResponse): Promise<void> {
  const all = metrics();
  const load = { ...realtimeLoad(), ...personalLoad() };
  all.sockets.set(load.sockets);
  all.socketQueuePackets.set(load.queued);
  all.longestQueuePackets.set(load.longestQueue);
  all.listenedRooms.set(load.rooms);
  all.pulls.set(load.pulls);
  all.people.set(countPresent());
  all.passwordQueue.set(hashesWaiting());
  const { totalCount, idleCount, waitingCount } = pool();
  for (const [state, value] of Object.entries({ open: totalCount, idle: idleCount, waiting: waitingCount })) {
    all.poolConnections.set({ state }, value);
  }
  all.peers.set(countPeers());
  all.openRequests.set(openResponses().reduce((sum, { size }) => sum + size, 0));
  all.heldBodies.set(heldBytes());
  all.draining.set(isDraining() ? 1 : 0);
  const text = await all.registry.metrics();
  response.setHeader("cache-control", "no-store");
  response.writeHead(200, { "content-type": all.registry.contentType }).end(text);
}
