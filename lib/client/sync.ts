import type { Output } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { applyAnswer, type RequestedRooms } from "./catch-up";
import type { Call } from "./http";
import { isBehind } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

export interface SyncOptions {
  store: RoomsStore;
  call: Call;
  onAnswer: (answer: Output<"sync">) => void;
  onError: (error: CallError) => void;
}

/** Fetches what was missed, one request at a time: for all rooms after connecting, otherwise for those with a gap. */
export function createSync({ store, call, onAnswer, onError }: SyncOptions) {
  const wait = backOff({ firstMs: 1_000, longestMs: 15_000 });
  /** Rooms to ask about even if they have no gap. */
  let wanted: string[] | null = null;
  /** The newest home is wanted, whatever my own clock says. */
  let wantsHome = false;
  /** The highest tick of my own clock that an event has mentioned. */
  let newestOwnClock = 0;
  let running = false;
  let isRunning = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const behind = () => [...store.getState().rooms.values()].filter(isBehind).map((room) => room.roomId);
  const needed = () => wanted !== null || wantsHome || newestOwnClock > store.getState().clock || behind().length > 0;

  async function run(): Promise<void> {
    if (isRunning || !running) return;
    isRunning = true;
    clearTimeout(timer);
    try {
      while (running && needed()) {
        const before = progress();
        await ask();
        // An answer without news must not cause an endless loop of requests.
        if (wanted === null && needed() && progress() === before) return later(wait.next());
        wait.reset();
      }
    } catch (thrown) {
      const error = toCallError(thrown);
      later(error.retryAfterMs ?? wait.next());
      onError(error);
    } finally {
      isRunning = false;
    }
  }
  function later(ms: number): void {
    clearTimeout(timer);
    if (running) timer = setTimeout(() => void run(), ms);
  }
  const progress = () =>
    [...store.getState().rooms.values()].reduce((sum, room) => sum + room.clock, store.getState().clock);

  async function ask(): Promise<void> {
    const { rooms, clock, epoch } = store.getState();
    const ids = [...new Set([...behind(), ...(wanted ?? [])])];
    const requested: RequestedRooms = new Map();
    const asksHome = wantsHome;
    wantsHome = false;
    const input = { rooms: {} as Record<string, number>, me: asksHome ? 0 : clock, epoch };
    for (const id of ids.slice(0, limits.syncRooms)) {
      const room = rooms.get(id);
      if (!room) continue;
      input.rooms[id] = room.clock;
      requested.set(id, room.membership.joinedSeq);
    }
    // Cleared before the request, so that rooms added while it is on its way are asked about next.
    wanted = ids.length > limits.syncRooms ? ids.slice(limits.syncRooms) : null;
    try {
      const answer = await call("sync", input);
      if (answer.epoch !== epoch) newestOwnClock = 0;
      store.setState((state) => applyAnswer(asksHome ? { ...state, clock: 0 } : state, requested, answer));
      // `later` is missing from answers of the previous version.
      if (answer.later?.length) wanted = [...answer.later, ...(wanted ?? [])];
      onAnswer(answer);
    } catch (error) {
      wanted = [...ids, ...(wanted ?? [])];
      wantsHome ||= asksHome;
      throw error;
    }
  }

  return {
    start(): void {
      running = true;
    },
    stop(): void {
      running = false;
      clearTimeout(timer);
    },
    /** After connecting: asks about every room. */
    all(): void {
      wanted = [...store.getState().rooms.keys()];
      void run();
    },
    /** What I show of myself may be older than my clock says. */
    home(): void {
      wantsHome = true;
      void run();
    },
    /** Something may be missing: asks about rooms with a gap, if there are any. */
    ifBehind: () => void (needed() && run()),
    noteMyClock(clock: number): void {
      newestOwnClock = Math.max(newestOwnClock, clock);
    },
  };
}
