import type { Message } from "@/lib/contract/message";
import type { ReactionKind } from "@/lib/contract/reaction";

/**
 * A message as a log keeps it. A page leaves out the emoji that nobody reacts with any more. If the page is ahead of the room's clock,
 * frames that are older than it still follow. `reactionsClock` is the page's clock: what they say of reactions up to it is out of date.
 */
export type KeptMessage = Message & { reactionsClock?: number };

/** Merges two lists by `seq`. The newer state of each message wins. Returns `current` itself if nothing in `rows` is newer. */
export function mergeRows(current: readonly Message[], rows: readonly Message[]): readonly Message[] {
  if (rows.length === 0) return current;
  const merged = [...current];
  let changed = false;
  for (const row of rows) {
    const index = indexOfSeq(merged, row.seq);
    const existing = merged[index];
    if (existing?.seq !== row.seq) merged.splice(index, 0, row);
    else {
      const newest = newestOf(existing, row);
      if (newest === existing) continue;
      merged[index] = newest;
    }
    changed = true;
  }
  return changed ? merged : current;
}

/** The newer state of a message, with the newer state of each of its reactions: only pages have reactions. */
function newestOf(existing: KeptMessage, row: KeptMessage): KeptMessage {
  const newer = row.changedSeq > existing.changedSeq ? row : existing;
  const reactions = newer.deletedAt ? undefined : mergeKinds(withoutEnded(existing, row), withoutEnded(row, existing));
  const reactionsClock = Math.max(existing.reactionsClock ?? 0, row.reactionsClock ?? 0);
  if (newer.reactions === reactions && (newer.reactionsClock ?? 0) === reactionsClock) return newer;
  return { ...newer, reactions, ...(reactionsClock > 0 && { reactionsClock }) };
}

/** The reactions of a message, without those that `other`, a later state of them, lacks. Returns `reactions` itself if it has all. */
function withoutEnded({ reactions }: KeptMessage, other: KeptMessage): readonly ReactionKind[] | undefined {
  const { reactionsClock = 0 } = other;
  const isLeft = ({ emoji, changedSeq }: ReactionKind) =>
    changedSeq > reactionsClock || other.reactions?.some((kind) => kind.emoji === emoji) === true;
  return reactions?.every(isLeft) === false ? reactions.filter(isLeft) : reactions;
}

/**
 * Merges the reactions to a message: of each emoji the newer state, in the order in which they were first given. An emoji that nobody
 * reacts with any more stays, so that an older state of it does not come back. Returns `known` itself if nothing is newer.
 */
export function mergeKinds(
  known: readonly ReactionKind[] | undefined,
  received: readonly ReactionKind[] | undefined,
): ReactionKind[] | undefined {
  const kinds = new Map(known?.map((kind) => [kind.emoji, kind]));
  let changed = false;
  for (const kind of received ?? []) {
    if (kind.changedSeq <= (kinds.get(kind.emoji)?.changedSeq ?? 0)) continue;
    kinds.set(kind.emoji, kind);
    changed = true;
  }
  return changed ? [...kinds.values()].toSorted((a, b) => a.seq - b.seq) : (known as ReactionKind[] | undefined);
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
