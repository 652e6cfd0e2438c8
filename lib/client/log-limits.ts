import type { Message } from "@/lib/contract/message";
import type { RoomState } from "./room-state";

/** The limits for the loaded messages of all rooms in one tab. */
const maxSize = { rows: 5_000, bytes: 20 * 1024 * 1024 };
/** Estimates of the size in memory, in bytes, of a message without its body and of its reactions with one emoji. */
const bytesBesideBody = 500;
const bytesOfKind = 400;

export interface LogSize {
  rows: number;
  bytes: number;
}

/** The number of messages that are loaded in these rooms, and their approximate size in bytes. */
export function logSize(rooms: Iterable<RoomState>): LogSize {
  const size = { rows: 0, bytes: 0 };
  for (const { ranges } of rooms) {
    for (const { messages } of ranges) {
      size.rows += messages.length;
      size.bytes += bytesOf(messages);
    }
  }
  return size;
}

export const isOverLimit = ({ rows, bytes }: LogSize): boolean => rows > maxSize.rows || bytes > maxSize.bytes;

/** A string takes up to two bytes per UTF-16 unit. */
function bytesOf(messages: readonly Message[]): number {
  return messages.reduce(
    (sum, { body, reactions }) => sum + 2 * body.length + bytesBesideBody + (reactions?.length ?? 0) * bytesOfKind,
    0,
  );
}
