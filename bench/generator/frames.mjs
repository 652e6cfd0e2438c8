// Frames as Parley and the floor tell them: everything of a room with its clock in (from, to].
import { textOf } from "./text.mjs";

const REMEMBERED = 8;

/** What a frame tells. All members of a room get the same bytes: the first to come is read, the others are compared. */
export function batchOf(room, bytes, ledger, parse) {
  const known = room.recent.find((recent) => recent.bytes.equals(bytes));
  if (known) return known.batch;
  const { roomId, from, to, rows } = parse(bytes);
  if (roomId !== room.id) ledger.fault(`A member of ${room.id} was told of ${roomId}.`);
  for (const { id, body } of rows) if (body !== textOf(id)) ledger.fault(`${id} came with another text.`);
  const placed = rows.map(({ id, seq }) => ({ place: seq - 1, id }));
  const batch = ledger.batch(room, from, to, placed);
  room.recent.unshift({ bytes: Buffer.from(bytes), batch });
  room.recent.length = Math.min(room.recent.length, REMEMBERED);
  return batch;
}
