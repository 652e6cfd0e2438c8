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
import { countRoomsAndPulls } from "./logs";
import { countSocketsAndPackets } from "./backlog";
import { countWaitingHashes } from "./hashing";

/**
 * Whether a request may read the metrics: with the token, or from this machine. Behind a proxy, every request may seem to come
 * from this machine, so only the token counts. A public address with https implies a proxy.
 */
export function mayScrape(request: IncomingMessage): boolean {
  const { authorization, host = "", "x-forwarded-for": forwarded } = request.headers;
  const { metricsToken, proxies, publicUrl } = env();
  if (authorization !== undefined) return metricsToken !== null && isSame(authorization, `Bearer ${metricsToken}`);
  if (proxies.hops > 0 || proxies.listed !== null || publicUrl.protocol === "https:" || forwarded !== undefined)
    return false;
  // The Host must be this machine, too. Otherwise another site could point its name at this machine, and its pages could read the
  // metrics (DNS rebinding).
  return isLoopback(request.socket.remoteAddress ?? "") && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** Compares in constant time. Digests hide the length, too. */
function isSame(actual: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(actual), digest(expected));
}

/** Answers with all metrics of this process in Prometheus' format. */
export async function answerScrape(response: ServerResponse): Promise<void> {
  const all = metrics();
  const load = { ...countRoomsAndPulls(), ...countSocketsAndPackets() };
  all.sockets.set(load.sockets);
  all.socketQueuePackets.set(load.queued);
  all.longestQueuePackets.set(load.longestQueue);
  all.listenedRooms.set(load.rooms);
  all.pulls.set(load.pulls);
  all.people.set(countPresent());
  all.passwordQueue.set(countWaitingHashes());
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
