import type { OrganizationFrame } from "@/lib/contract/events";
import { sessionIdsOf, organizationKey, type ServerSocket, socketsOf } from "./audience";
import { broadcast } from "./broadcast";
import { onBus, sendToPeers } from "./bus";
import type { Tx } from "./db";
import { log } from "./log";
import { once } from "./once";

/** Who may receive an organization's rows: the login's end, in ms since 1970, and for guests their id. */
interface Receiver {
  until: number;
  guestId: string | null;
}

/** What changed in an organization after a tick, and who may receive it. All of it is from one statement. */
export interface PulledOrganization {
  frame: OrganizationFrame;
  /** Whether there are more changes than fit in one frame. Then pull again. */
  more: boolean;
  /** The organization's `proof`. While it is unchanged, remembered receivers are still right. */
  proof: number;
  /** Those of the given logins that are good. */
  receivers: Map<string, Receiver>;
  /** The changed people whom each guest may see. */
  visibleTo: Map<string, Set<string>>;
}
export type PullOrganization = (
  organizationId: string,
  from: number,
  sessionIds: string[],
  guestIds: string[],
) => Promise<PulledOrganization | null>;

interface Feed {
  /** The clock up to which this process has sent frames. */
  sentClock: number;
  /** Good logins at `proof`. */
  receivers: Map<string, Receiver>;
  proof: number | null;
  isPulling: boolean;
  pullAgain: boolean;
}
interface Feeds {
  pull: PullOrganization | null;
  byId: Map<string, Feed>;
}
const feeds = () => once<Feeds>("organization-logs", () => ({ pull: null, byId: new Map() }));

/** The pause after a pull: `perSocket` ms for each socket, within these limits. Changes to people are not urgent. */
const pauseMs = { least: 50, most: 1_000, perSocket: 0.2 };

/**
 * Ticks the organization's clock and gives these people that tick. Locks the people by id and then the log: only the proof is
 * locked later. Does nothing without ids.
 */
export async function touchOrganization(tx: Tx, organizationId: string, personIds: string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT id FROM "Person" WHERE "organizationId" = ${organizationId}::uuid AND id = ANY(${personIds}::uuid[])
      ORDER BY id FOR NO KEY UPDATE),
    moved AS (
      INSERT INTO "OrganizationLog" AS l ("organizationId", clock)
      SELECT ${organizationId}::uuid, 1 WHERE (SELECT count(*) FROM locked) > 0
      ON CONFLICT ("organizationId") DO UPDATE SET clock = l.clock + 1 RETURNING clock)
    UPDATE "Person" p SET tick = moved.clock FROM moved, locked WHERE p.id = locked.id`;
}

export function startOrganizationLogs(pull: PullOrganization): void {
  feeds().pull = pull;
  onBus("organization", ({ organizationId }) => pullHere(organizationId));
}

/** Call with an organization's clock when one of its sockets connects. If others are connected, the existing clock stays. */
export function trackOrganization(organizationId: string, clock: number): void {
  const { byId } = feeds();
  if (byId.has(organizationId)) return;
  byId.set(organizationId, { sentClock: clock, receivers: new Map(), proof: null, isPulling: false, pullAgain: false });
}

/** Call after a commit that changed people of an organization. */
export function organizationChanged(organizationId: string): void {
  sendToPeers("organization", { organizationId });
  pullHere(organizationId);
}

/** Reads and sends what is new in an organization. One pull of it runs at a time, with pauses between them. */
export function pullHere(organizationId: string): void {
  const { byId, pull } = feeds();
  const feed = byId.get(organizationId);
  if (!feed || !pull) return;
  feed.pullAgain = true;
  if (!feed.isPulling) void pullUntilSent(organizationId, feed, pull);
}

async function pullUntilSent(organizationId: string, feed: Feed, pull: PullOrganization): Promise<void> {
  feed.isPulling = true;
  while (feed.pullAgain) {
    feed.pullAgain = false;
    const sockets = [...socketsOf(organizationKey(organizationId))];
    if (sockets.length === 0) {
      feeds().byId.delete(organizationId);
      break;
    }
    // If it fails, the next sweep finds the change.
    await pullAndSend(organizationId, feed, pull, sockets).catch((error: unknown) =>
      log().error({ organizationId, err: String(error) }, "pull of an organization failed"),
    );
    const ms = Math.min(Math.max(pauseMs.least, sockets.length * pauseMs.perSocket), pauseMs.most);
    await new Promise((resolve) => setTimeout(resolve, ms).unref());
  }
  feed.isPulling = false;
}

async function pullAndSend(
  organizationId: string,
  feed: Feed,
  pull: PullOrganization,
  sockets: ServerSocket[],
): Promise<void> {
  const now = Date.now();
  const logins = sessionIdsOf(sockets);
  const good = (login: string) => (feed.receivers.get(login)?.until ?? 0) > now;
  const guestsOf = (some: string[]) => some.flatMap((login) => feed.receivers.get(login)?.guestId ?? []);
  let pulled = await pull(
    organizationId,
    feed.sentClock,
    logins.filter((login) => !good(login)),
    guestsOf(logins.filter(good)),
  );
  if (pulled && feed.proof !== null && pulled.proof !== feed.proof) {
    // A login or a role has changed: check every login again, in the statement that reads the rows.
    feed.receivers.clear();
    pulled = await pull(organizationId, feed.sentClock, logins, []);
  }
  if (!pulled) return;
  feed.proof = pulled.proof;
  for (const [login, receiver] of pulled.receivers) feed.receivers.set(login, receiver);
  const connected = new Set(logins);
  for (const login of feed.receivers.keys()) if (!connected.has(login)) feed.receivers.delete(login);
  const { frame, more, visibleTo } = pulled;
  feed.pullAgain ||= more;
  if (frame.to <= feed.sentClock) return;
  feed.sentClock = frame.to;
  const receivers = sockets.filter((socket) => good(socket.data.actor.sessionId));
  const guestOf = (socket: ServerSocket) => feed.receivers.get(socket.data.actor.sessionId)?.guestId ?? null;
  broadcast(
    receivers.filter((socket) => guestOf(socket) === null),
    "organization",
    frame,
  );
  for (const socket of receivers) {
    const guestId = guestOf(socket);
    if (guestId === null) continue;
    const people = frame.people.filter(({ id }) => visibleTo.get(guestId)?.has(id));
    broadcast([socket], "organization", { ...frame, people });
  }
}

/** The clock up to which each organization's frames were sent. Forgets organizations without sockets here. */
export function organizationClocks(): Map<string, number> {
  const { byId } = feeds();
  for (const [id, { isPulling }] of byId) if (!isPulling && socketsOf(organizationKey(id)).size === 0) byId.delete(id);
  return new Map([...byId].map(([id, { sentClock }]) => [id, sentClock]));
}
