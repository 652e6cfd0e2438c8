"use client";
import { useState } from "react";
import { type List, useList } from "@/lib/client/hooks/use-query";
import { useThreadStates, useUnreadThreadIds } from "@/lib/client/hooks/use-threads";
import type { ListedThread, ThreadFilter, ThreadSort } from "@/lib/contract/thread";

export type Threads = List<{ filter: ThreadFilter; sort: ThreadSort }, ListedThread>;

/**
 * One of the lists of threads. It loads again when a reply arrives in a thread that was read. It also does when a thread moves to another
 * list, because it was resolved, reopened, given a title or followed on any device. Reading a thread does not reload it, so that no row moves.
 */
export function useThreadList(filter: ThreadFilter, sort: ThreadSort, isShown: boolean): Threads {
  const ids = useUnreadThreadIds();
  const states = useThreadStates();
  const [version, setVersion] = useState({ ids, states, count: 0 });
  if (version.ids !== ids || version.states !== states) {
    const isOther = version.states !== states || ids.some((id) => !version.ids.includes(id));
    setVersion({ ids, states, count: version.count + (isOther ? 1 : 0) });
  }
  return useList(
    isShown ? { filter, sort } : null,
    async (call, input, after) => {
      const { threads, next } = await call("thread.list", { ...input, ...(after && { after }) });
      return { rows: threads, next };
    },
    { version: version.count },
  );
}
