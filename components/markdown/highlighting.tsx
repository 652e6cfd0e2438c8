"use client";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { askWorker } from "@/lib/client/ask-worker";
import { KeptAnswers } from "@/lib/client/kept-answers";
import type { Code, Piece } from "./highlight";

type Pieces = Piece[] | null;
type Highlighter = { known(code: Code): Pieces | undefined; ask(code: Code, signal: AbortSignal): Promise<Pieces> };

const Highlighter = createContext<Highlighter | null>(null);

// Some grammars of highlight.js take cubic time; ordinary code takes a few milliseconds.
const answerWithinMs = 300;
const longest = 16_000;
/** In characters of code: some hundred messages, at most thirty of the longest. */
const keptCharacters = 500_000;

function makeHighlighter(): Highlighter {
  const kept = new KeptAnswers<Pieces>(keptCharacters);
  const ask = askWorker<Code, Pieces>({
    start: () => new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" }),
    answerWithinMs,
  });
  const keyOf = ({ language, text }: Code) => `${language} ${text}`;
  return {
    known: (code) => kept.get(keyOf(code)),
    async ask(code, signal) {
      if (!code.language || code.text.length > longest) return null;
      const outcome = await ask(code, signal);
      if (outcome === "notAsked") return null;
      const pieces = outcome === "tooLate" ? null : outcome.answer;
      kept.set(keyOf(code), pieces, code.text.length);
      return pieces;
    },
  };
}

/** Around everything that shows code: one worker and one memory for all of it. */
export function Highlighting({ children }: { children: ReactNode }) {
  const [highlighter] = useState(makeHighlighter);
  return <Highlighter value={highlighter}>{children}</Highlighter>;
}

/** The coloured pieces of code; null until they have come, and when they do not. */
export function usePieces({ text, language }: Code): Pieces {
  const highlighter = use(Highlighter);
  const [pieces, setPieces] = useState(() => highlighter?.known({ text, language }));
  useEffect(() => {
    if (!highlighter || pieces !== undefined) return;
    const gone = new AbortController();
    void highlighter.ask({ text, language }, gone.signal).then((found) => {
      if (found && !gone.signal.aborted) setPieces(found);
    });
    return () => gone.abort();
  }, [highlighter, text, language, pieces]);
  return pieces ?? null;
}
