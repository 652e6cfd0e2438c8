import type { Frame } from "@/lib/contract/events";
import type { RoomsStore } from "./stores/rooms";

/** The maximum number of frames kept. A room that misses a dropped frame catches up with `sync`. */
const keptAtMost = 256;

/** Keeps frames of rooms that are not in the store yet: the event or answer that adds the room may arrive after them. */
export function createPendingFrames({ store, apply }: { store: RoomsStore; apply: (frame: Frame) => void }) {
  let kept: Frame[] = [];
  return {
    keep(frame: Frame): void {
      kept = [...kept, frame].slice(-keptAtMost);
    },
    /** Applies the frames of rooms that have been added to the store. */
    applyKnown(): void {
      if (kept.length === 0) return;
      const { rooms } = store.getState();
      const applicable = kept.filter(({ roomId }) => rooms.has(roomId));
      if (applicable.length === 0) return;
      kept = kept.filter(({ roomId }) => !rooms.has(roomId));
      applicable.forEach(apply);
    },
    /** Call after a reconnect: rooms are then added in a newer state than these frames. */
    clear(): void {
      kept = [];
    },
  };
}
