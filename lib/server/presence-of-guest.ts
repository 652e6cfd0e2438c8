import type { PresenceEvent } from "@/lib/contract/events";
import type { PresenceState } from "@/lib/contract/presence";

/** Each person's state; null is offline. */
export type PresenceStates = Record<string, PresenceState | null>;

/** Finds out which of these people share a room with the guest. */
export type FindPeopleSharingRoom = (guestId: string, personIds: string[]) => Promise<Set<string>>;

interface Part {
  /** Whether these are the states of everybody, or only the changed ones. */
  full: boolean;
  people: PresenceStates;
}

interface Guest {
  personId: string;
  findPeopleSharingRoom: FindPeopleSharingRoom;
  send: (event: PresenceEvent) => void;
  /** Called when a query fails. Add a full part soon: until then, all other parts are dropped. */
  onFailure: (error: unknown) => void;
}

/**
 * Sends one guest's socket the states that the guest may see: of people in the same rooms, and of people who have gone offline
 * since they were sent as present. Parts that come during a query are sent together after it, so that states arrive in order.
 */
export function createPresenceOfGuest({ personId, findPeopleSharingRoom, send, onFailure }: Guest) {
  /** The people who were sent as present. The guest must also receive when they go offline. */
  let sentAsPresent = new Set<string>();
  let waiting: Part | null = null;
  let isSending = false;
  let hasFailed = false;

  async function sendVisible({ full, people }: Part): Promise<void> {
    const presentIds = Object.keys(people).filter((id) => people[id] !== null);
    const idsInSameRooms = await findPeopleSharingRoom(personId, presentIds);
    if (full) sentAsPresent = new Set();
    const visible: PresenceStates = {};
    for (const [id, state] of Object.entries(people)) {
      const isVisible = state === null ? sentAsPresent.delete(id) : id === personId || idsInSameRooms.has(id);
      if (!isVisible) continue;
      if (state !== null) sentAsPresent.add(id);
      visible[id] = state;
    }
    if (full || Object.keys(visible).length > 0) send({ full, people: visible });
  }

  return async function add(part: Part): Promise<void> {
    if (hasFailed && !part.full) return;
    hasFailed = false;
    waiting = waiting && !part.full ? { ...waiting, people: { ...waiting.people, ...part.people } } : part;
    if (isSending) return;
    isSending = true;
    try {
      while (waiting) {
        const next: Part = waiting;
        waiting = null;
        await sendVisible(next);
      }
    } catch (error) {
      waiting = null;
      hasFailed = true;
      onFailure(error);
    }
    isSending = false;
  };
}
