import type { Message } from "@/lib/contract/message";
import type { RoomState } from "./room-state";

/** What a tab holds of logs at most, over all rooms. */
const most = { rows: 5_000, bytes: 20 * 1024 * 1024 };
/** An estimate of what a message takes besides its body, in bytes. */
const besideBody = 500;

export interface Held {
  rows: number;
  bytes: number;
}

/** The number of messages that rooms hold, and about how many bytes they take. */
export function rowsAndBytes(rooms: Iterable<RoomState>): Held {
  const held = { rows: 0, bytes: 0 };
  for (const { ranges } of rooms) {
    for (const { messages } of ranges) {
      held.rows += messages.length;
      held.bytes += bytesOf(messages);
    }
  }
  return held;
}

export const overLimit = ({ rows, bytes }: Held): boolean => rows > most.rows || bytes > most.bytes;

/** A string takes up to two bytes per UTF-16 unit. */
function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { body }) => sum + 2 * body.length + besideBody, 0);
}
