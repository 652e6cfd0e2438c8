import { closes, opens } from "./signs";
import type { Span } from "./tree";

/** The runs of signs that are marks, and what stands between two of them. */
export const kinds = { "*": "em", _: "em", "**": "strong", "~~": "del", "||": "spoiler" } as const;
export type Run = keyof typeof kinds | "***";

/** A run that may open or close something. */
export interface Candidate {
  from: number;
  run: Run;
}

/** A run that opens or closes something. */
export interface Mark extends Span {
  kind: "mark";
  run: Run;
  role: "open" | "close";
}

/** Whether a run of signs is one of the marks. */
export const isRun = (run: string): run is Run => run === "***" || Object.hasOwn(kinds, run);

/** The same sign again and again from here on. */
export function runAt(text: string, at: number): string {
  const sign = text[at] ?? "";
  let to = at + 1;
  while (/[*_~|`]/.test(sign) && text[to] === sign) to++;
  return text.slice(at, to);
}

/** Marks that act: each closing one with the nearest opening one of the same run. */
export function paired(text: string, candidates: readonly Candidate[]): Mark[] {
  const marks: Mark[] = [];
  const open: Candidate[] = [];
  const waiting = new Map<Run, number>();
  const count = (run: Run, by: number) => waiting.set(run, (waiting.get(run) ?? 0) + by);
  for (const { from, run } of candidates) {
    const to = from + run.length;
    if ((waiting.get(run) ?? 0) > 0 && closes(text, from, run.length) && hasInside(open, run, from)) {
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

/** A mark never closes right behind its opener. */
function hasInside(open: readonly Candidate[], run: Run, at: number): boolean {
  const last = open.at(-1);
  return last?.run !== run || last.from + run.length < at;
}
