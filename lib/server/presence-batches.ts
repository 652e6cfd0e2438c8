import { organizationKey, type ServerSocket, socketsOf } from "./audience";
import { once } from "./once";

/** Presence is sent to an organization in batches: the more sockets it has, the longer the pause between two. */
const pauseMs = (sockets: number) => Math.min(1_000, Math.max(50, sockets));
/** A batch waits at least this long, so that changes that belong together share it. */
const gatherMs = 5;

/** What an organization is sent next. */
export interface PresenceBatch<Person> {
  changed: Map<string, Person>;
  /** Sockets that have not been sent anybody's presence yet. */
  newcomers: Set<ServerSocket>;
}
interface Pending extends PresenceBatch<unknown> {
  flushedAt: number;
  timer: NodeJS.Timeout | null;
}

const pending = () => once("presence-batches", () => new Map<string, Pending>());

/** The organization's open batch, to add to. `flush` is called once with everything that is in it by then. */
export function openBatch<Person>(
  organizationId: string,
  flush: (organizationId: string, batch: PresenceBatch<Person>) => void,
): PresenceBatch<Person> {
  const open = pending().get(organizationId) ?? { changed: new Map(), newcomers: new Set(), flushedAt: 0, timer: null };
  pending().set(organizationId, open);
  const pauseEndsInMs = open.flushedAt + pauseMs(countSockets(organizationId)) - Date.now();
  open.timer ??= setTimeout(
    () => {
      const { changed, newcomers } = open;
      Object.assign(open, { changed: new Map(), newcomers: new Set(), flushedAt: Date.now(), timer: null });
      if (countSockets(organizationId) === 0) pending().delete(organizationId);
      flush(organizationId, { changed, newcomers } as PresenceBatch<Person>);
    },
    Math.max(gatherMs, pauseEndsInMs),
  ).unref();
  return open as PresenceBatch<Person>;
}

const countSockets = (organizationId: string) => socketsOf(organizationKey(organizationId)).size;
