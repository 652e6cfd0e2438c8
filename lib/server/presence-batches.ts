import { logKey, type ServerSocket, socketsOf } from "./audience";
import { once } from "./once";

/** The pause between two batches of presence for one organization. It grows with the number of sockets. */
const pauseMs = (sockets: number) => Math.min(1_000, Math.max(50, sockets));
/** How long a batch waits at least, so that related changes are sent together. */
const gatherMs = 5;

/** The next presence event for an organization. */
export interface PresenceBatch<Person> {
  changed: Map<string, Person>;
  /** Sockets that have not received the full presence list yet. */
  newcomers: Set<ServerSocket>;
}
interface Pending extends PresenceBatch<unknown> {
  flushedAt: number;
  timer: NodeJS.Timeout | null;
}

const pending = () => once("presence-batches", () => new Map<string, Pending>());

/** Returns the organization's open batch. Add to it; `flush` is called once, with everything added by then. */
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

const countSockets = (organizationId: string) => socketsOf(logKey("organization", organizationId)).size;
