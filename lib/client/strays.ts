import type { Frame } from "@/lib/contract/events";
import type { RoomsStore } from "./stores/rooms";

/** So many are kept; a room that needs an older one finds a gap and asks. */
const keptAtMost = 256;

/**
 * Frames of rooms that are not known yet: what tells of the room may still be on its way, and of an earlier moment
 * than the frame.
 */
export function createStrays({ store, apply }: { store: RoomsStore; apply: (frame: Frame) => void }) {
  let kept: Frame[] = [];
  return {
    keep(frame: Frame): void {
      kept = [...kept, frame].slice(-keptAtMost);
    },
    /** Rooms may have come: applies what was kept of them. */
    settle(): void {
      if (kept.length === 0) return;
      const { rooms } = store.getState();
      const known = kept.filter(({ roomId }) => rooms.has(roomId));
      if (known.length === 0) return;
      kept = kept.filter(({ roomId }) => !rooms.has(roomId));
      known.forEach(apply);
    },
    /** After connecting: whatever comes to be known is of later. */
    forget(): void {
      kept = [];
    },
  };
}
