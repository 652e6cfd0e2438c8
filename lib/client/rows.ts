import type { Message } from "@/lib/contract/message";

/** Both lists by place; of two states of one message the later. Equal to `known` when nothing is newer. */
export function mergeRows(known: readonly Message[], rows: readonly Message[]): readonly Message[] {
  if (rows.length === 0) return known;
  const merged = [...known];
  let changed = false;
  for (const row of rows) {
    const at = placeOf(merged, row.seq);
    const there = merged[at];
    if (there?.seq !== row.seq) merged.splice(at, 0, row);
    else if (row.changedSeq > there.changedSeq) merged[at] = row;
    else continue;
    changed = true;
  }
  return changed ? merged : known;
}

export function messageAt(rows: readonly Message[], seq: number): Message | undefined {
  const there = rows[placeOf(rows, seq)];
  return there?.seq === seq ? there : undefined;
}

/** The first index whose `seq` is not below this one. */
function placeOf(rows: readonly Message[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Message).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
