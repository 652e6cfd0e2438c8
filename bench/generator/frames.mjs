// Frames as Parley and the floor send them: everything in a room that changed at a clock in (from, to].
import { textOf } from "./text.mjs";

const CACHED_FRAMES = 8;

/** Parses a frame into a batch. All members of a room get the same bytes, so each frame is parsed once and then compared. */
export function batchOf(room, bytes, ledger, parse) {
  const cached = room.recent.find((recent) => recent.bytes.equals(bytes));
  if (cached) return cached.batch;
  const { roomId, from, to, rows } = parse(bytes);
  if (roomId !== room.id) ledger.fault(`A member of ${room.id} received a frame of ${roomId}.`);
  for (const { id, body } of rows) if (body !== textOf(id)) ledger.fault(`${id} arrived with another text.`);
  const placed = rows.map(({ id, seq }) => ({ place: seq - 1, id }));
  const batch = ledger.batch(room, from, to, placed);
  room.recent.unshift({ bytes: Buffer.from(bytes), batch });
  room.recent.length = Math.min(room.recent.length, CACHED_FRAMES);
  return batch;
}
