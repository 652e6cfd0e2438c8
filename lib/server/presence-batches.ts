import { logKey, type ServerSocket, socketsOf } from "./audience";
import { once } from "./once";

/** The pause between two presence broadcasts to one organization, in ms. It grows with the number of sockets. */
const pauseMs = (sockets: number) => Math.min(1_000, Math.max(50, sockets));
/** A batch waits at least this long, so that related changes are sent together. */
const minWaitMs = 5;

/** What the next presence broadcast to an organization contains. */
export interface PresenceBatch<Person> {
  /** By person id. */
  changed: Map<string, Person>;
  /** Sockets that have not received the full presence list yet. */
  newcomers: Set<ServerSocket>;
}
interface OpenBatch extends PresenceBatch<unknown> {
  /** When the previous batch was flushed, by `performance.now()`. */
  flushedAt: number;
  timer: NodeJS.Timeout | null;
}

/** By organization id. */
const openBatches = () => once("presence-batches", () => new Map<string, OpenBatch>());

/**
 * Returns the batch that collects changes for the organization's next broadcast, and makes sure that it is flushed. `flush` is called
 * once for each batch, so every caller must pass the same function.
 */
export function openBatch<Person>(
  organizationId: string,
  flush: (organizationId: string, batch: PresenceBatch<Person>) => void,
): PresenceBatch<Person> {
  const batch = openBatches().get(organizationId) ?? {
    changed: new Map(),
    newcomers: new Set(),
    flushedAt: Number.NEGATIVE_INFINITY,
    timer: null,
  };
  openBatches().set(organizationId, batch);
  const pauseEndsInMs = batch.flushedAt + pauseMs(countSockets(organizationId)) - performance.now();
  batch.timer ??= setTimeout(
    () => {
      const { changed, newcomers } = batch;
      Object.assign(batch, { changed: new Map(), newcomers: new Set(), flushedAt: performance.now(), timer: null });
      if (countSockets(organizationId) === 0) openBatches().delete(organizationId);
      flush(organizationId, { changed, newcomers } as PresenceBatch<Person>);
    },
    Math.max(minWaitMs, pauseEndsInMs),
  ).unref();
  return batch as PresenceBatch<Person>;
}

const countSockets = (organizationId: string) => socketsOf(logKey("organization", organizationId)).size;
