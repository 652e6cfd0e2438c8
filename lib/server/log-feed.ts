import { audienceOf, sessionIdsOf, type ServerSocket } from "./audience";
import { log } from "./log";
import {
  type AnyFrame,
  hasSameVersions,
  type Listener,
  type ListenerVersions,
  type LogDeclaration,
  type Pulled,
} from "./log-declaration";
import { metrics } from "./metrics";

const retryMs = 1_000;

/**
 * Sends one log to the sockets of this process that subscribe to it. A pull reads from the database what changed since the last
 * frame, and which sessions may receive it. The rows of a pull are sent as a frame.
 */
export class LogFeed {
  /** Whether a pull is running, or the pause after it. */
  isPulling = false;
  private isPullRequested = false;
  /** The time since which announced changes may be unsent, by `performance.now()`. Null if all have been sent. */
  private unsentSince: number | null = null;
  /**
   * A committed frame that has not been sent. If it directly follows the last sent frame, the next pull need not read its rows.
   */
  private unsentFrame: AnyFrame | null = null;
  /** Sockets that may have missed frames. They receive an empty frame with the current clock, so that their clients sync. */
  private lateSockets: ServerSocket[] = [];
  /**
   * The sessions that may receive frames, by id. Valid only while the versions of memberships, sessions and roles in the
   * database still equal `versions`.
   */
  private listeners: Map<string, Listener> | null = null;
  private versions: ListenerVersions | null = null;
  /**
   * Cached: the time until which all sockets of the audience may receive frames, and the audience version that it was computed
   * for.
   */
  private allAllowedUntil: { audienceVersion: number; time: number } | null = null;
  /** The latest pull. Pulls of a log run one after another, because each updates `listeners`. */
  private lastPull: Promise<unknown> | null = null;

  /** `key` identifies the log's audience. `sentClock` is the clock up to which this process has sent frames. */
  constructor(
    readonly key: string,
    readonly id: string,
    private readonly declaration: LogDeclaration,
    public sentClock: number,
  ) {}

  private get sockets(): ReadonlySet<ServerSocket> {
    return audienceOf(this.key).sockets;
  }

  /**
   * Call it for sockets that have just joined the audience. If they may have missed a frame, they receive an empty frame, so that
   * their clients sync. For clients that sync anyway, pass `Infinity` as their clock.
   */
  addSockets(sockets: ServerSocket[], clientClock: number): void {
    // A running pull sends only to sockets that subscribed before it began.
    const isLate = this.isPulling || this.sentClock > clientClock;
    if (isLate) this.lateSockets = [...this.lateSockets, ...sockets];
    // The pull sends the late sockets their empty frame. It also reads changes that were made after the client's clock was read:
    // this process may have missed their announcements.
    if (isLate || clientClock !== Number.POSITIVE_INFINITY) this.requestPull();
  }

  /**
   * Sends a committed frame at once if it directly follows the last sent frame, and if `versions`, read at the commit, still
   * equal those of the last pull. Otherwise requests a pull, which checks who may receive the frame.
   */
  sendCommitted(frame: AnyFrame, versions: ListenerVersions | null, announcedAt: number): void {
    const isNext = !this.isPulling && this.unsentSince === null && this.sentClock === frame.from;
    const isUnchanged = versions && this.versions && hasSameVersions(this.versions, versions);
    // A socket whose session is not in `listeners` may have just subscribed. Only a pull can check it.
    if (isNext && isUnchanged && this.areAllAllowed()) return this.send(frame, [...this.sockets], announcedAt);
    this.unsentFrame ??= frame;
    this.requestPull();
  }

  private areAllAllowed(): boolean {
    const { version, sockets } = audienceOf(this.key);
    if (this.allAllowedUntil?.audienceVersion !== version || Date.now() >= this.allAllowedUntil.time) {
      let time = Number.POSITIVE_INFINITY;
      for (const socket of sockets) time = Math.min(time, this.listenerOf(socket)?.until ?? 0);
      this.allAllowedUntil = { audienceVersion: version, time };
    }
    return Date.now() < this.allAllowedUntil.time;
  }

  /** Starts a pull. If a pull is running, another one follows it. */
  requestPull(): void {
    this.isPullRequested = true;
    this.unsentSince ??= performance.now();
    if (!this.isPulling) void this.pullUntilSent();
  }

  private async pullUntilSent(): Promise<void> {
    this.isPulling = true;
    try {
      while (this.isPullRequested && this.sockets.size > 0) {
        const sockets = [...this.sockets];
        await this.pullAndSend(sockets);
        const ms = this.declaration.pauseMs(sockets.length);
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms).unref());
      }
    } catch (error) {
      metrics().pullFailures.inc();
      log().error({ log: this.key, err: String(error) }, "pull failed");
      setTimeout(() => this.requestPull(), retryMs).unref();
    } finally {
      // No `await` may come between the last read of `isPullRequested` and this line: a request in between would be lost.
      this.isPulling = false;
    }
  }

  /**
   * Pulls, and sends to those of `sockets` that may listen. Sockets that subscribe during the pull are added to `lateSockets`.
   */
  private async pullAndSend(sockets: ServerSocket[]): Promise<void> {
    const { lateSockets, unsentFrame } = this;
    [this.isPullRequested, this.lateSockets, this.unsentFrame] = [false, [], null];
    const nextFrame = unsentFrame?.from === this.sentClock ? unsentFrame : null;
    const startedAt = performance.now();
    const announcedAt = this.unsentSince ?? startedAt;
    const pulled = await this.pullInTurn(nextFrame?.to ?? this.sentClock, sockets).catch((error: unknown) => {
      this.lateSockets = [...lateSockets, ...this.lateSockets];
      throw error;
    });
    // Unless there is more, the pull has read everything that was announced before it. For changes that were announced during the
    // pull, the delay is measured from its start.
    if (!pulled?.hasMore) this.unsentSince = this.isPullRequested ? startedAt : null;
    if (!pulled) return;
    this.isPullRequested ||= pulled.hasMore;
    for (const frame of [nextFrame, pulled.frame]) {
      if (frame && frame.to > this.sentClock) this.send(frame, this.knownAllowed(sockets), announcedAt);
    }
    if (lateSockets.length === 0) return;
    this.send(this.declaration.emptyFrame(this.id, this.sentClock), this.knownAllowed(lateSockets), announcedAt);
  }

  private send(frame: AnyFrame, receivers: ServerSocket[], announcedAt: number): void {
    this.sentClock = frame.to;
    const listenerOf = (socket: ServerSocket) => this.listenerOf(socket);
    try {
      this.declaration.send({ id: this.id, frame, receivers, listenerOf, announcedAt });
    } catch (error) {
      log().error({ log: this.key, err: error }, "broadcast failed");
      // Some of them have missed the frame. An empty one makes their clients sync.
      this.lateSockets = [...this.lateSockets, ...receivers];
      setTimeout(() => this.requestPull(), retryMs).unref();
    }
  }

  /** Checks in the database which of these sockets may receive frames now, and see the row at the place `seq`. Reads no rows. */
  async findAllowed(sockets: ServerSocket[], seq: number): Promise<ServerSocket[]> {
    // No row is newer than this clock, so this pull only updates the listeners.
    if (!(await this.pullInTurn(Number.MAX_SAFE_INTEGER, sockets))) return [];
    return this.knownAllowed(sockets).filter((socket) => (this.listenerOf(socket)?.floor ?? 0) < seq);
  }

  /** The sockets that may receive frames, according to the last pull. */
  private knownAllowed(sockets: ServerSocket[]): ServerSocket[] {
    const now = Date.now();
    return sockets.filter((socket) => (this.listenerOf(socket)?.until ?? 0) > now);
  }
  private listenerOf(socket: ServerSocket): Listener | undefined {
    return this.listeners?.get(socket.data.actor.sessionId);
  }

  /** Waits for the previous pull, then pulls. Updates `listeners` for these sockets. Resolves to null if the log is gone. */
  private pullInTurn(from: number, sockets: ServerSocket[]): Promise<Pulled<AnyFrame> | null> {
    const pulled = (this.lastPull ?? Promise.resolve()).then(() => this.pull(from, sockets));
    this.lastPull = pulled.catch(() => {});
    return pulled;
  }

  private async pull(from: number, sockets: ServerSocket[]): Promise<Pulled<AnyFrame> | null> {
    const { id, declaration } = this;
    const connectedIds = sessionIdsOf(sockets);
    const now = Date.now();
    const isKnown = (sessionId: string) => (this.listeners?.get(sessionId)?.until ?? 0) > now;
    const unknownIds = connectedIds.filter((sessionId) => !isKnown(sessionId));
    const knownListeners = () => connectedIds.filter(isKnown).flatMap((each) => this.listeners?.get(each) ?? []);
    let pulled = await declaration.pull({ id, from, sessionIds: unknownIds, knownListeners });
    if (pulled && this.versions && !hasSameVersions(pulled.versions, this.versions)) {
      // A membership, session or role has changed, so check every session again.
      this.forgetListeners();
      pulled = await declaration.pull({ id, from, sessionIds: connectedIds, knownListeners: () => [] });
    }
    if (pulled) this.rememberListeners(pulled.versions, pulled.listeners, connectedIds);
    return pulled;
  }

  private forgetListeners(): void {
    this.versions = null;
    this.allAllowedUntil = null;
    this.listeners = null;
  }

  private rememberListeners(versions: ListenerVersions, found: Map<string, Listener>, connectedIds: string[]): void {
    const listeners = (this.listeners ??= new Map());
    this.versions = versions;
    this.allAllowedUntil = null;
    for (const [id, listener] of found) listeners.set(id, listener);
    // Delete sessions without a socket in this pull, once they outnumber the other sessions by over 100.
    if (listeners.size <= 2 * connectedIds.length + 100) return;
    const connected = new Set(connectedIds);
    for (const id of listeners.keys()) if (!connected.has(id)) listeners.delete(id);
  }
}
