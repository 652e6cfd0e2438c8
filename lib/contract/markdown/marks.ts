import { closes, opens } from "./signs";
import type { Span } from "./tree";

/** Each mark and the node it makes. */
export const kinds = { "*": "em", _: "em", "**": "strong", "~~": "del", "||": "spoiler" } as const;
export type Run = keyof typeof kinds | "***";

/** A run of characters that could be a mark. */
export interface Candidate {
  from: number;
  run: Run;
}

/** A run that does open or close a node. */
export interface Mark extends Span {
  kind: "mark";
  run: Run;
  role: "open" | "close";
}

export const isRun = (run: string): run is Run => run === "***" || Object.hasOwn(kinds, run);

/** The longest run of the same character from `at` on. */
export function runAt(text: string, at: number): string {
  const char = text[at] ?? "";
  let to = at + 1;
  while (/[*_~|`]/.test(char) && text[to] === char) to++;
  return text.slice(at, to);
}

/** Pairs each closing run with the nearest opening run of the same kind. Runs without a partner are dropped. */
export function paired(text: string, candidates: readonly Candidate[]): Mark[] {
  const marks: Mark[] = [];
  const open: Candidate[] = [];
  const openCounts = new Map<Run, number>();
  const count = (run: Run, by: number) => openCounts.set(run, (openCounts.get(run) ?? 0) + by);
  for (const { from, run } of candidates) {
    const to = from + run.length;
    if ((openCounts.get(run) ?? 0) > 0 && closes(text, from, run.length) && hasInside(open, run, from)) {
      let opener = open.pop();
      while (opener && opener.run !== run) {
        count(opener.run, -1);
        opener = open.pop();
      }
      if (!opener) continue;
      count(run, -1);
      marks.push({ kind: "mark", from: opener.from, to: opener.from + run.length, run, role: "open" });
      marks.push({ kind: "mark", from, to, run, role: "close" });
    } else if (opens(text, from, run.length)) {
      open.push({ from, run });
      count(run, 1);
    }
  }
  return marks;
}

/** Whether there is text between the opening run and `at`. For example, `****` makes no empty node. */
function hasInside(open: readonly Candidate[], run: Run, at: number): boolean {
  const last = open.at(-1);
  return last?.run !== run || last.from + run.length < at;
}
