import type { Frame } from "@/lib/contract/events";
import type { RoomsStore } from "./stores/rooms";

/** The maximum number of frames kept. Older frames are dropped; their rooms catch up with `sync`. */
const maxFrames = 256;

/**
 * Keeps frames (events with changes in a room) whose room is not in the store yet. The event or answer that adds the room may
 * arrive after its frames.
 */
export function createPendingFrames({ store, apply }: { store: RoomsStore; apply: (frame: Frame) => void }) {
  let frames: Frame[] = [];
  return {
    keep(frame: Frame): void {
      frames = [...frames, frame].slice(-maxFrames);
    },
    /** Applies the frames of rooms that have been added to the store. */
    applyToAddedRooms(): void {
      if (frames.length === 0) return;
      const { rooms } = store.getState();
      const applicable = frames.filter(({ roomId }) => rooms.has(roomId));
      if (applicable.length === 0) return;
      frames = frames.filter(({ roomId }) => !rooms.has(roomId));
      applicable.forEach(apply);
    },
    /** Call after a reconnect or a restore. Rooms that are added from then on do not need these frames. */
    clear(): void {
      frames = [];
    },
  };
}
