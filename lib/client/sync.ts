import type { Output } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { type Asked, applyAnswer } from "./catch-up";
import type { Call } from "./http";
import { isBehind } from "./room-state";
import type { RoomsStore } from "./stores/rooms";

export interface SyncOptions {
  store: RoomsStore;
  call: Call;
  onAnswer: (answer: Output<"sync">) => void;
  onError: (error: CallError) => void;
}

/** Asks what was missed: one question in flight, for all rooms after connecting, else for those with a gap. */
export function createSync({ store, call, onAnswer, onError }: SyncOptions) {
  const wait = backOff({ firstMs: 1_000, longestMs: 15_000 });
  /** Rooms to ask about whether or not a gap is known. */
  let wanted: string[] | null = null;
  /** The newest home is wanted, whatever my own clock says. */
  let wantsHome = false;
  /** The greatest tick of my own clock that was heard of. */
  let meHeard = 0;
  let running = false;
  let asking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const behind = () => [...store.getState().rooms.values()].filter(isBehind).map((room) => room.roomId);
  const needed = () => wanted !== null || wantsHome || meHeard > store.getState().clock || behind().length > 0;

  async function run(): Promise<void> {
    if (asking || !running) return;
    asking = true;
    clearTimeout(timer);
    try {
      while (running && needed()) {
        const before = progress();
        await ask();
        // An answer that brings nothing new must not make us ask at once for ever.
        if (wanted === null && needed() && progress() === before) return later(wait.next());
        wait.reset();
      }
    } catch (thrown) {
      const error = toCallError(thrown);
      later(error.retryAfterMs ?? wait.next());
      onError(error);
    } finally {
      asking = false;
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
    const asked: Asked = new Map();
    const asksHome = wantsHome;
    wantsHome = false;
    const input = { rooms: {} as Record<string, number>, me: asksHome ? 0 : clock, epoch };
    for (const id of ids.slice(0, limits.syncRooms)) {
      const room = rooms.get(id);
      if (!room) continue;
      input.rooms[id] = room.clock;
      asked.set(id, room.membership.joinedSeq);
    }
    // Before asking, so that what is wanted while the answer is on its way is asked for, too.
    wanted = ids.length > limits.syncRooms ? ids.slice(limits.syncRooms) : null;
    try {
      const answer = await call("sync", input);
      if (answer.epoch !== epoch) meHeard = 0;
      store.setState((state) => applyAnswer(asksHome ? { ...state, clock: 0 } : state, asked, answer));
      // The version before says nothing of the kind.
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
    gaps: () => void (needed() && run()),
    meAt(clock: number): void {
      meHeard = Math.max(meHeard, clock);
    },
  };
}
