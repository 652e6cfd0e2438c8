import type { Row } from "./truth";

/** A difference between what a tab shows and the stored state. */
export interface Difference {
  invariant: "I3" | "I7" | "I10" | "I12";
  sentence: string;
}

/** The first message that a tab shows in another way than the log has it; null if there is none. */
export function firstDifference(
  shown: readonly { id: string; seq: number; changedSeq: number; body: string }[],
  wanted: Row[],
) {
  for (let at = 0; at < Math.max(shown.length, wanted.length); at++) {
    const [a, b] = [shown[at], wanted[at]];
    if (a?.id === b?.id && a?.seq === b?.seq && a?.changedSeq === b?.changedSeq && a?.body === b?.body) continue;
    return `shows ${describe(a)} where the log has ${describe(b)}`;
  }
  return null;
}

const describe = (row?: { seq: number; changedSeq: number; body: string }) =>
  row ? `"${row.body}" (${row.seq}, changed at ${row.changedSeq})` : "nothing";
