import type { ServerSocket } from "./audience";

// A log is everything that changed in one room, person or organization. Its clock counts the changes. Each change increments the
// clock by one (a tick), and the changed row stores that tick.

/** What every log's frames have. A frame holds the latest state of all rows whose tick is in `(from, to]`. */
export interface AnyFrame {
  from: number;
  to: number;
}

/**
 * Two counters that show whether a log's listeners may have changed. `membersVersion` is a room's `changedSeq`, which increases
 * when the room or a membership changes. It is 0 in other logs. `authVersion` is the organization's counter `proof`, which
 * increases when a session is ended early, or a person's role or access changes.
 */
export interface ListenerVersions {
  membersVersion: number;
  authVersion: number;
}

export const hasSameVersions = (a: ListenerVersions, b: ListenerVersions): boolean =>
  a.membersVersion === b.membersVersion && a.authVersion === b.authVersion;

/** A session that may receive frames. */
export interface Listener {
  /** When the session expires, in ms since 1970. */
  until: number;
  /** The person's id, if they are a guest. Only the organization's log sets it. */
  guestId?: string | null;
  /** The person may only see messages whose `seq` is higher. Only a room's log sets it. */
  floor?: number;
}

/** The result of a pull. A pull reads a log's changes since a clock, and which sessions may receive them. */
export interface Pulled<Frame> {
  frame: Frame;
  /** Whether there are more changes than fit in one frame. Then pull again. */
  hasMore: boolean;
  versions: ListenerVersions;
  /** Those of the requested sessions that may receive the frame, by session id. */
  listeners: Map<string, Listener>;
}
export interface PullRequest {
  /** The id of the log's room, person or organization. */
  id: string;
  /** Rows with a later tick than this are read. */
  from: number;
  /** The sessions to check. */
  sessionIds: string[];
  /**
   * Returns the connected listeners that an earlier pull checked. If the versions are the same, they may still receive frames.
   */
  knownListeners: () => Listener[];
}

export interface SendOptions<Frame> {
  id: string;
  frame: Frame;
  receivers: readonly ServerSocket[];
  listenerOf: (socket: ServerSocket) => Listener | undefined;
  /** When the oldest change in the frame was announced, by `performance.now()`. */
  announcedAt: number;
}

/** What differs between the logs of rooms, people and organizations (decision 0040). */
export interface LogDeclaration<Frame extends AnyFrame = AnyFrame> {
  /**
   * Reads what changed, and which sessions may receive it. Null if the log does not exist. Read both in one statement, or the
   * listeners after the rows: otherwise a session that ended in between would receive rows that it may not read.
   */
  pull(request: PullRequest): Promise<Pulled<Frame> | null>;
  /**
   * Returns the ids of the logs whose clock is now higher than in `clocks`, which has a clock for each log's id. Runs one
   * statement.
   */
  findChanged(clocks: ReadonlyMap<string, number>): Promise<string[]>;
  /** Sends a frame to sockets that may receive it. */
  send(options: SendOptions<Frame>): void;
  /** A frame without rows, which only contains the clock. */
  emptyFrame(id: string, clock: number): Frame;
  /** The pause between two pulls of a log with this many sockets, in ms. */
  pauseMs(sockets: number): number;
}
