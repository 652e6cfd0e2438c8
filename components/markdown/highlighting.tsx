"use client";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { askWorker } from "@/lib/client/ask-worker";
import { WeightedCache } from "@/lib/client/weighted-cache";
import type { Code, Piece } from "./highlight";

type Pieces = Piece[] | null;
type Highlighter = { cached(code: Code): Pieces | undefined; ask(code: Code, signal: AbortSignal): Promise<Pieces> };

const Highlighter = createContext<Highlighter | null>(null);

// Some grammars of highlight.js take cubic time. Ordinary code takes a few milliseconds, but the first answer of a worker on a slow
// machine takes several hundred.
const answerWithinMs = 1_000;
const maxCharacters = 16_000;
/** The size of the cache, in characters of code: about thirty of the longest blocks. */
const cachedCharacters = 500_000;

function createHighlighter(): Highlighter {
  const cache = new WeightedCache<Pieces>(cachedCharacters);
  const ask = askWorker<Code, Pieces>({
    start: () => new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" }),
    answerWithinMs,
  });
  const keyOf = ({ language, text }: Code) => `${language} ${text}`;
  return {
    cached: (code) => cache.get(keyOf(code)),
    async ask(code, signal) {
      if (!code.language || code.text.length > maxCharacters) return null;
      const outcome = await ask(code, signal);
      if (outcome === "notAsked") return null;
      const pieces = outcome === "tooLate" ? null : outcome.answer;
      cache.set(keyOf(code), pieces, code.text.length);
      return pieces;
    },
  };
}

/** Provides one worker and one cache to all code blocks inside it. */
export function Highlighting({ children }: { children: ReactNode }) {
  const [highlighter] = useState(createHighlighter);
  return <Highlighter value={highlighter}>{children}</Highlighter>;
}

/** The coloured pieces of code. Null until the code is highlighted, and if highlighting takes too long. */
export function useHighlighted({ text, language }: Code): Pieces {
  const highlighter = use(Highlighter);
  const [pieces, setPieces] = useState(() => highlighter?.cached({ text, language }));
  useEffect(() => {
    if (!highlighter || pieces !== undefined) return;
    const unmounted = new AbortController();
    void highlighter.ask({ text, language }, unmounted.signal).then((found) => {
      if (found && !unmounted.signal.aborted) setPieces(found);
    });
    return () => unmounted.abort();
  }, [highlighter, text, language, pieces]);
  return pieces ?? null;
}
