"use client";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useLater } from "@/components/ui/later";
import { backOff } from "@/lib/client/back-off";
import type { parse } from "@/lib/contract/markdown/parse";
import { typed } from "@/lib/contract/markdown/typed";
import { Highlighting } from "./highlighting";

export type Parse = typeof parse;

/** What reads Markdown; null while it is being fetched. */
export const Parser = createContext<Parse | null>(null);
export const useParser = () => use(Parser);

const load = () => import("@/lib/contract/markdown/parse");
const patience = 2;

/**
 * Fetches the parser at once, beside the first messages: it is a quarter of the chat's code, and the page is usable
 * before it. When it does not come after several tries, messages are shown as they were typed until it does.
 */
export function FetchedParser({ children }: { children: ReactNode }) {
  const [code, fetch] = useLater(load);
  const [failures, setFailures] = useState(0);

  useEffect(() => {
    const pause = backOff({ firstMs: 500, longestMs: 30_000 });
    let timer: ReturnType<typeof setTimeout>;
    const attempt = () => {
      fetch().catch(() => {
        setFailures((count) => count + 1);
        timer = setTimeout(attempt, pause.next());
      });
    };
    attempt();
    return () => clearTimeout(timer);
  }, [fetch]);

  return (
    <Parser value={code?.parse ?? (failures > patience ? typed : null)}>
      <Highlighting>{children}</Highlighting>
    </Parser>
  );
}
