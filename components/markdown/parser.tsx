"use client";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useLater } from "@/components/ui/later";
import { backOff } from "@/lib/client/back-off";
import type { parse } from "@/lib/contract/markdown/parse";
import { typed } from "@/lib/contract/markdown/typed";
import { Highlighting } from "./highlighting";

export type Parse = typeof parse;

/** The Markdown parser. Null while it is being fetched. */
export const Parser = createContext<Parse | null>(null);
export const useParser = () => use(Parser);

const load = () => import("@/lib/contract/markdown/parse");
/** After more failures than this, messages are shown as they were typed. */
const maxFailures = 2;

/**
 * Fetches the parser while the first messages load. The parser is a quarter of the chat's code, and the page is usable without
 * it. After several failures, messages are shown as they were typed until a retry succeeds.
 */
export function FetchedParser({ children }: { children: ReactNode }) {
  const [code, fetch] = useLater(load);
  const [failures, setFailures] = useState(0);

  useEffect(() => {
    const retry = backOff({ firstMs: 500, maxMs: 30_000 });
    let timer: ReturnType<typeof setTimeout>;
    const attempt = () => {
      fetch().catch(() => {
        setFailures((count) => count + 1);
        timer = setTimeout(attempt, retry.next());
      });
    };
    attempt();
    return () => clearTimeout(timer);
  }, [fetch]);

  return (
    <Parser value={code?.parse ?? (failures > maxFailures ? typed : null)}>
      <Highlighting>{children}</Highlighting>
    </Parser>
  );
}
