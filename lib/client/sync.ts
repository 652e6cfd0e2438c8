import type { Output } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";
import { backOff } from "./back-off";
import { type CallError, toCallError } from "./call-error";
import { applySyncAnswer, type RequestedRooms } from "./catch-up";
import type { Call } from "./http";
import { isBehind } from "./room-state";
import { needsHome as lacksHome, type RoomsStore } from "./stores/rooms";

export interface SyncOptions {
  store: RoomsStore;
  call: Call;
  onAnswer: (answer: Output<"sync">) => void;
  onError: (error: CallError) => void;
}

/**
 * Brings the rooms store up to date by calling `sync`, one request at a time. Each room, the organization and the current user
 * have a clock, which counts their changes. If an event carries a higher clock than the store has, the store is behind: it
 * missed changes. The home is the state that a page starts with: me, my organization and the list of my rooms.
 */
export function createSync({ store, call, onAnswer, onError }: SyncOptions) {
  const delay = backOff({ firstMs: 1_000, maxMs: 15_000 });
  /** Rooms to request even if they are not behind. With `[]`, a request is sent for the rooms that are behind, if any. */
  let roomsToRequest: string[] | null = null;
  /** The next request must contain every room, also those that are added to the store until it is sent. */
  let needsEveryRoom = false;
  /** The next request must return the home, even if my clock is not behind. */
  let needsHome = false;
  /** The highest value of my clock in any `me` event. */
  let newestOwnClock = 0;
  /** The highest value of the organization's clock in any event. */
  let newestOrganizationClock = 0;
  let isStarted = false;
  let isSyncing = false;
  /** Ignores the answer to the request under way. */
  let dropRequest = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  const roomsBehind = () => [...store.getState().rooms.values()].filter(isBehind).map((room) => room.roomId);
  const isNeeded = () =>
    needsEveryRoom ||
    roomsToRequest !== null ||
    needsHome ||
    lacksHome(store.getState()) ||
    newestOwnClock > store.getState().clock ||
    newestOrganizationClock > store.getState().organizationClock ||
    roomsBehind().length > 0;

  /** Sends requests until none is needed. */
  async function run(): Promise<void> {
    if (isSyncing || !isStarted) return;
    isSyncing = true;
    clearTimeout(timer);
    try {
      while (isStarted && isNeeded()) {
        const sumBefore = sumOfClocks();
        const leavesRooms = await request();
        const hasChanged = sumOfClocks() !== sumBefore;
        if (hasChanged || !isNeeded()) delay.reset();
        // If the answer changed nothing, pause, because the same request would probably get the same answer.
        else if (!leavesRooms && !needsEveryRoom) return runLater(delay.next());
      }
    } catch (thrown) {
      const error = toCallError(thrown);
      runLater(error.retryAfterMs ?? delay.next());
      onError(error);
    } finally {
      isSyncing = false;
    }
  }
  function runLater(ms: number): void {
    clearTimeout(timer);
    if (isStarted) timer = setTimeout(() => void run(), ms);
  }
  const sumOfClocks = () => {
    const { rooms, clock, organizationClock } = store.getState();
    return [...rooms.values()].reduce((sum, room) => sum + room.clock, clock + organizationClock);
  };

  /** Resolves to whether there are rooms that were neither in this request nor in the one before. */
  async function request(): Promise<boolean> {
    const { rooms, clock, organizationClock, epoch } = store.getState();
    // Those that an earlier request left come first: the others may be behind for ever.
    const left = roomsToRequest?.length ? roomsToRequest : roomsBehind();
    const ids = [...new Set(needsEveryRoom ? rooms.keys() : left)];
    const requested: RequestedRooms = new Map();
    const asksForHome = needsHome || lacksHome(store.getState());
    [needsHome, needsEveryRoom] = [false, false];
    // The server returns the home if `me` is 0.
    const input = {
      rooms: {} as Record<string, number>,
      me: asksForHome ? 0 : clock,
      organization: organizationClock,
      epoch,
    };
    for (const id of ids.slice(0, limits.syncRooms)) {
      const room = rooms.get(id);
      if (!room) continue;
      input.rooms[id] = room.clock;
      requested.set(id, room.membership.joinedSeq);
    }
    // Reset before the request is sent: rooms added before the answer arrives belong to the next request.
    roomsToRequest = ids.length > limits.syncRooms ? ids.slice(limits.syncRooms) : null;
    try {
      const dropped = new Promise<null>((resolve) => {
        dropRequest = () => resolve(null);
      });
      const answer = await Promise.race([call("sync", input), dropped]);
      if (!answer) needsHome ||= asksForHome;
      if (!answer) return true;
      // In another epoch, after a restore from a backup, clocks start again.
      if (answer.epoch !== epoch) [newestOwnClock, newestOrganizationClock] = [0, 0];
      // A home is applied only if its clock is higher than the state's. Clock 0 makes sure that a requested home is applied.
      store.setState((state) => applySyncAnswer(asksForHome ? { ...state, clock: 0 } : state, requested, answer));
      newestOrganizationClock = Math.max(newestOrganizationClock, answer.home?.organizationClock ?? 0);
      // Frames that arrived after the server had read this home were applied to the state of the old epoch.
      if (store.getState().epoch !== epoch) needsEveryRoom = true;
      // Servers of the previous version do not send `later`.
      if (answer.later?.length) roomsToRequest = [...(roomsToRequest ?? []), ...answer.later];
      if (answer.me?.more || answer.organization?.more) roomsToRequest ??= [];
      onAnswer(answer);
      return ids.length > limits.syncRooms && !answer.later?.length;
    } catch (error) {
      roomsToRequest = [...ids, ...(roomsToRequest ?? [])];
      needsHome ||= asksForHome;
      throw error;
    }
  }

  function requestAll(): void {
    needsEveryRoom = true;
    void run();
  }
  return {
    start(): void {
      isStarted = true;
    },
    stop(): void {
      isStarted = false;
      clearTimeout(timer);
    },
    /** Requests every room, to poll. */
    requestAll,
    /** Requests every room at once. Call after connecting: a request that is under way may be lost with the old connection. */
    restart(): void {
      dropRequest();
      requestAll();
    },
    /** Requests the home. Call when a retry got the stored answer of the first attempt, because that answer may be stale. */
    requestHome(): void {
      needsHome = true;
      void run();
    },
    /** Makes a request if a clock is behind. Call after applying an event. */
    requestIfBehind: () => void (isNeeded() && run()),
    /** Records the clock of an `organization` event, even of one that could not be applied. */
    recordOrganizationClock(clock: number): void {
      newestOrganizationClock = Math.max(newestOrganizationClock, clock);
    },
    /** Records the clock of a `me` event, even of one that could not be applied. */
    recordOwnClock(clock: number): void {
      newestOwnClock = Math.max(newestOwnClock, clock);
    },
  };
}
