import { audienceOf, sessionIdsOf, type ServerSocket } from "./audience";
import { log } from "./log";
import {
  isSame,
  type Listener,
  type ListenerVersions,
  type LogDeclaration,
  type Pulled,
  type Span,
} from "./log-declaration";
import { metrics } from "./metrics";

const retryMs = 1_000;

/** Sends one log to the sockets of this process that subscribe to it. */
export class LogFeed {
  isPulling = false;
  private pullAgain = false;
  /** Time of the first announcement whose changes have not been sent yet, by `performance.now()`; null if there is none. */
  private unsentSince: number | null = null;
  /** A committed frame that the next pull need not read, if it directly follows the last one sent. */
  private committed: Span | null = null;
  /** Sockets that subscribed after some frames were sent. An empty frame with the clock makes their clients sync. */
  private behind: ServerSocket[] = [];
  /** The sessions that may receive frames. Valid only at `versions`. */
  private listeners: Map<string, Listener> | null = null;
  private versions: ListenerVersions | null = null;
  /** Set if all sockets of the audience may receive frames, in this state of the audience and until this time. */
  private everybody: { audience: number; until: number } | null = null;
  /** The latest pull. Pulls of a log run one after another, because each updates `listeners`. */
  private lastPull: Promise<unknown> | null = null;

  /** `key` is the log's audience. `sentClock` is the clock up to which this process has sent frames. */
  constructor(
    readonly key: string,
    readonly id: string,
    private readonly declared: LogDeclaration,
    public sentClock: number,
  ) {}

  private get sockets(): ReadonlySet<ServerSocket> {
    return audienceOf(this.key).sockets;
  }

  /** Call for new sockets. If they may have missed a frame, their clients are made to sync. */
  joined(sockets: ServerSocket[], clientClock: number): void {
    // A running pull sends only to sockets that subscribed before it began.
    if (!this.isPulling && this.sentClock <= clientClock) return;
    this.behind = [...this.behind, ...sockets];
    this.ring();
  }

  /**
   * Sends committed rows at once if they directly follow the last frame and the listeners are known to be the same as at the
   * commit. Otherwise pulls, which checks the listeners.
   */
  sendCommitted(frame: Span, versions: ListenerVersions | null, began: number): void {
    const isNext = !this.isPulling && this.unsentSince === null && this.sentClock === frame.from;
    const isUnchanged = versions && this.versions && isSame(this.versions, versions);
    // A socket whose session is not known may have subscribed just now. Only a pull can check it.
    if (isNext && isUnchanged && this.isEverybodyAllowed()) return this.send(frame, [...this.sockets], began);
    this.committed ??= frame;
    this.ring();
  }

  private isEverybodyAllowed(): boolean {
    const { version, sockets } = audienceOf(this.key);
    const now = Date.now();
    if (this.everybody?.audience === version && now < this.everybody.until) return true;
    let until = Number.POSITIVE_INFINITY;
    for (const socket of sockets) until = Math.min(until, this.listenerOf(socket)?.until ?? 0);
    this.everybody = { audience: version, until };
    return now < until;
  }

  /** Pulls the log. One pull runs at a time; calls during it cause one more. */
  ring(): void {
    this.pullAgain = true;
    this.unsentSince ??= performance.now();
    if (!this.isPulling) void this.pullUntilSent();
  }

  private async pullUntilSent(): Promise<void> {
    this.isPulling = true;
    try {
      while (this.pullAgain && this.sockets.size > 0) {
        const sockets = [...this.sockets];
        await this.pullAndSend(sockets);
        const ms = this.declared.pauseMs(sockets.length);
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms).unref());
      }
    } catch (error) {
      metrics().pullFailures.inc();
      log().error({ log: this.key, err: String(error) }, "pull failed");
      setTimeout(() => this.ring(), retryMs).unref();
    } finally {
      // No `await` may come between the last read of `pullAgain` and this line: a ring in between would be lost.
      this.isPulling = false;
    }
  }

  /** `sockets` are those that may receive the frame. Sockets that subscribe during the pull are added to `behind`. */
  private async pullAndSend(sockets: ServerSocket[]): Promise<void> {
    const { behind, committed } = this;
    [this.pullAgain, this.behind, this.committed] = [false, [], null];
    const next = committed?.from === this.sentClock ? committed : null;
    const began = performance.now();
    const since = this.unsentSince ?? began;
    const pulled = await this.pullInTurn(next?.to ?? this.sentClock, sockets).catch((error: unknown) => {
      this.behind = [...behind, ...this.behind];
      throw error;
    });
    // The changes that were announced before have been read. What is announced during the pull counts from the pull's start.
    if (!pulled?.more) this.unsentSince = this.pullAgain ? began : null;
    if (!pulled) return;
    this.pullAgain ||= pulled.more;
    for (const frame of [next, pulled.frame]) {
      if (frame && frame.to > this.sentClock) this.send(frame, this.allowed(sockets), since);
    }
    if (behind.length > 0) this.send(this.declared.emptyFrame(this.id, this.sentClock), this.allowed(behind), since);
  }

  private send(frame: Span, receivers: ServerSocket[], since: number): void {
    this.sentClock = frame.to;
    const listenerOf = (socket: ServerSocket) => this.listenerOf(socket);
    this.declared.send({ id: this.id, frame, receivers, listenerOf, since });
  }

  /** Checks which of these sockets may receive frames now, without reading rows. */
  async allowedNow(sockets: ServerSocket[]): Promise<ServerSocket[]> {
    // No row is newer than this clock, so this pull only updates the listeners.
    return (await this.pullInTurn(Number.MAX_SAFE_INTEGER, sockets)) ? this.allowed(sockets) : [];
  }

  private allowed(sockets: ServerSocket[]): ServerSocket[] {
    const now = Date.now();
    return sockets.filter((socket) => (this.listenerOf(socket)?.until ?? 0) > now);
  }
  private listenerOf(socket: ServerSocket): Listener | undefined {
    return this.listeners?.get(socket.data.actor.sessionId);
  }

  /** Pulls once the previous pull has ended. Updates `listeners` for these sockets. */
  private pullInTurn(from: number, sockets: ServerSocket[]): Promise<Pulled<Span> | null> {
    const pulled = (this.lastPull ?? Promise.resolve()).then(() => this.pull(from, sockets));
    this.lastPull = pulled.catch(() => {});
    return pulled;
  }

  private async pull(from: number, sockets: ServerSocket[]): Promise<Pulled<Span> | null> {
    const { id, declared } = this;
    const connected = sessionIdsOf(sockets);
    const now = Date.now();
    const isKnown = (sessionId: string) => (this.listeners?.get(sessionId)?.until ?? 0) > now;
    const unknown = connected.filter((sessionId) => !isKnown(sessionId));
    const known = () => connected.filter(isKnown).flatMap((sessionId) => this.listeners?.get(sessionId) ?? []);
    let pulled = await declared.pull({ id, from, sessionIds: unknown, known });
    if (pulled && this.versions && !isSame(pulled.versions, this.versions)) {
      // A membership, session or role has changed: check every session again.
      this.remember(null, new Map(), connected);
      pulled = await declared.pull({ id, from, sessionIds: connected, known: () => [] });
    }
    if (pulled) this.remember(pulled.versions, pulled.listeners, connected);
    return pulled;
  }

  /** Adds listeners. Null means that those known so far are not valid any more. */
  private remember(versions: ListenerVersions | null, found: Map<string, Listener>, connected: string[]): void {
    this.versions = versions;
    this.everybody = null;
    const listeners = versions === null ? null : (this.listeners ?? new Map<string, Listener>());
    this.listeners = listeners;
    if (!listeners) return;
    for (const [id, listener] of found) listeners.set(id, listener);
    // Forget those that are no longer connected, once there are more of them than connected ones.
    if (listeners.size <= 2 * connected.length + 100) return;
    const isConnected = new Set(connected);
    for (const id of listeners.keys()) if (!isConnected.has(id)) listeners.delete(id);
  }
}
