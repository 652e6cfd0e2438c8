import type { ServerSocket } from "./audience";

/** A frame holds everything in a log whose tick is in `(from, to]`. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Two counters that show whether a log's listeners may have changed. `members` is a room's `changedSeq`, which increases when
 * the room or a membership changes; it is 0 in other logs. `proof` is a counter of the organization, which increases when a
 * session is ended early, or a person's role or access changes.
 */
export interface ListenerVersions {
  members: number;
  proof: number;
}

/** Whether neither counter has moved. */
export const isSame = (a: ListenerVersions, b: ListenerVersions): boolean =>
  a.members === b.members && a.proof === b.proof;

/** A session that may receive frames. */
export interface Listener {
  /** When it expires, in ms since 1970. */
  until: number;
  /** The person, if they are a guest. Only the organization's log sets it. */
  guestId?: string | null;
}

/** The result of a pull. A pull reads a log's changes since a clock, and which sessions may receive them. */
export interface Pulled<Frame> {
  frame: Frame;
  /** Whether there are more changes than fit in one frame. Then pull again. */
  more: boolean;
  versions: ListenerVersions;
  /** Those of the requested sessions that may receive the frame. */
  listeners: Map<string, Listener>;
}
export interface PullRequest {
  id: string;
  from: number;
  /** The sessions to check. */
  sessionIds: string[];
  /** Returns the other connected listeners, which were checked before. They are right if the versions have not moved. */
  known: () => Listener[];
}

export interface SendOptions<Frame> {
  id: string;
  frame: Frame;
  receivers: readonly ServerSocket[];
  listenerOf: (socket: ServerSocket) => Listener | undefined;
  /** When the oldest change in the frame was announced, by `performance.now()`. */
  since: number;
}

/** What differs between the logs of rooms, people and organizations (decision 0040). */
export interface LogDeclaration<Frame extends Span = Span> {
  /**
   * Reads what changed, and who may receive it. Null if the log does not exist. Somebody who may not read the rows must not be
   * a listener: read both in one statement, or the listeners after the rows.
   */
  pull(request: PullRequest): Promise<Pulled<Frame> | null>;
  /** Finds those of these logs whose clock is beyond the given one. One statement. */
  findChanged(clocks: ReadonlyMap<string, number>): Promise<string[]>;
  /** Sends a frame to sockets that may receive it. */
  send(options: SendOptions<Frame>): void;
  /** A frame without rows, which only contains the clock. */
  emptyFrame(id: string, clock: number): Frame;
  /** The pause between two pulls of a log with this many sockets, in ms. */
  pauseMs(sockets: number): number;
}
