import { withoutMisleadingCharacters } from "./link";
import type { Block, Span } from "./tree";

/**
 * A fenced code block. `before` is the text before it on its first line, `after` the text after it on its last line. `next` is
 * the index of the line after the fence.
 */
export interface Fence {
  before: Span;
  block: Extract<Block, { type: "code" }>;
  after: Span | null;
  next: number;
  isClosed: boolean;
}

// Names of languages. Any other word after an opening fence is the first line of the code.
const languages: ReadonlySet<string> = new Set(
  (
    "bash sh shell zsh console c h cpp c++ cc hpp csharp cs c# css scss less diff patch dockerfile docker go golang ini toml " +
    "java javascript js jsx mjs cjs json json5 jsonc kotlin kt markdown md php python py ruby rb rust rs sql postgres pgsql mysql " +
    "swift typescript ts tsx mts xml html svg yaml yml text txt plain plaintext log http graphql lua perl pl r scala " +
    "powershell ps1 makefile make nginx csv tex latex haskell hs elixir ex erlang dart groovy vue svelte prisma proto terraform hcl"
  ).split(" "),
);
const fileName = /^[\w@.-]*[\w-]\.[a-z][a-z0-9]{0,9}$/i;

const isLabel = (word: string) => languages.has(word.toLowerCase()) || fileName.test(word);

/** The fence that opens on a line, or null. */
export function findFence(source: string, lines: Span[], at: number): Fence | null {
  const line = lines[at] as Span;
  const lineText = source.slice(line.from, line.to);
  const start = lineText.indexOf("```");
  if (start < 0) return null;
  const isAtStart = lineText.slice(0, start).trim() === "";
  return (isAtStart ? fenceOfLines : fenceInLine)(source, lines, at, lineText);
}

/** A fence at the start of a line. A run of backticks at the end of a later line closes it. */
function fenceOfLines(source: string, lines: Span[], at: number, lineText: string): Fence | null {
  const line = lines[at] as Span;
  const [head = "", run = ""] = /^[ \t]*(`{3,})/.exec(lineText) ?? [];
  const rest = { from: line.from + head.length, to: line.to };
  const restText = lineText.slice(head.length);
  const before = { from: line.from, to: line.from };
  if (restText.includes(run)) {
    const ends = runAtEnd(restText, run);
    // Text follows the closing run, so this is inline code.
    if (ends <= 0 || restText.indexOf(run) !== ends) return fenceInLine(source, lines, at, lineText);
    const code = [{ from: rest.from, to: rest.from + ends }];
    return { before, block: block(source, code, null), after: null, next: at + 1, isClosed: true };
  }
  const label = labelIn(source, rest);
  const startsOnNextLine = restText.trim() === "" || label !== null;
  const code = startsOnNextLine ? [] : [rest];
  for (let index = at + 1; index < lines.length; index++) {
    const { from, to } = lines[index] as Span;
    const ends = runAtEnd(source.slice(from, to), run);
    if (ends < 0) code.push({ from, to });
    else {
      if (source.slice(from, from + ends).trim() !== "") code.push({ from, to: from + ends });
      return { before, block: block(source, code, label), after: null, next: index + 1, isClosed: true };
    }
  }
  if (!startsOnNextLine || code.length === 0) return null;
  return { before, block: block(source, code, label), after: null, next: lines.length, isClosed: false };
}

/** A fence that opens after other text on its line. It must be closed on a later line, at any position. */
function fenceInLine(source: string, lines: Span[], at: number, lineText: string): Fence | null {
  const line = lines[at] as Span;
  const found = unpairedRun(lineText);
  if (!found) return null;
  const { index, run } = found;
  const rest = { from: line.from + index + run.length, to: line.to };
  const label = labelIn(source, rest);
  const code = label === null && source.slice(rest.from, rest.to).trim() !== "" ? [rest] : [];
  for (let next = at + 1; next < lines.length; next++) {
    const { from, to } = lines[next] as Span;
    const text = source.slice(from, to);
    const ends = text.indexOf(run);
    if (ends < 0) {
      code.push({ from, to });
      continue;
    }
    if (text.slice(0, ends).trim() !== "") code.push({ from, to: from + ends });
    const width = /^`+/.exec(text.slice(ends))?.[0].length ?? 0;
    const after = { from: from + ends + width, to };
    const before = { from: line.from, to: line.from + index };
    const more = source.slice(after.from, after.to).trim() === "" ? null : after;
    return { before, block: block(source, code, label), after: more, next: next + 1, isClosed: true };
  }
  return null;
}

/** The first run of three or more backticks that has no run of the same length to close it on this line. */
function unpairedRun(lineText: string): { index: number; run: string } | null {
  const runs = [...lineText.matchAll(/`+/g)];
  for (let at = 0; at < runs.length; at++) {
    const { index, 0: run } = runs[at] as RegExpExecArray;
    const close = runs.findIndex((other, place) => place > at && other[0].length === run.length);
    if (close > 0) at = close;
    else if (run.length >= 3) return { index, run };
  }
  return null;
}

/** The index of the backticks that end a line. -1 if there are fewer than in `run`. */
function runAtEnd(text: string, run: string): number {
  const found = /`+[ \t]*$/.exec(text);
  return found && found[0].trimEnd().length >= run.length ? found.index : -1;
}

function labelIn(source: string, { from, to }: Span): Span | null {
  const text = source.slice(from, to);
  const word = text.trim();
  if (!isLabel(word)) return null;
  const start = from + text.indexOf(word);
  return { from: start, to: start + word.length };
}

function block(source: string, lines: Span[], label: Span | null): Fence["block"] {
  const word = label ? source.slice(label.from, label.to) : "";
  return {
    type: "code",
    label: withoutMisleadingCharacters(word).slice(0, 60),
    labelAt: label?.from ?? -1,
    language: word.slice(word.lastIndexOf(".") + 1).toLowerCase(),
    text: lines.map(({ from, to }) => source.slice(from, to)).join("\n"),
    lines,
  };
}
