import type { Message } from "@/lib/contract/message";

/** Merges two lists by `seq`. The newer state of each message wins. Returns `current` itself if nothing in `rows` is newer. */
export function mergeRows(current: readonly Message[], rows: readonly Message[]): readonly Message[] {
  if (rows.length === 0) return current;
  const merged = [...current];
  let changed = false;
  for (const row of rows) {
    const index = indexOfSeq(merged, row.seq);
    const existing = merged[index];
    if (existing?.seq !== row.seq) merged.splice(index, 0, row);
    else if (row.changedSeq > existing.changedSeq) merged[index] = row;
    else continue;
    changed = true;
  }
  return changed ? merged : current;
}

export function messageAt(rows: readonly Message[], seq: number): Message | undefined {
  const message = rows[indexOfSeq(rows, seq)];
  return message?.seq === seq ? message : undefined;
}

/** The index of the first message whose `seq` is at least this one. Uses binary search. */
export function indexOfSeq(rows: readonly Message[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Message).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
