"use client";
import { useEffect, useEffectEvent, useState } from "react";

/**
 * Moves between the pages of a list. Stores the cursors of the pages after the first. A new `query` begins at the first page.
 */
export function usePages(query: string) {
  const [state, setState] = useState({ query, cursors: [] as string[] });
  const cursors = state.query === query ? state.cursors : [];
  return {
    /** The page's number, from 0. */
    page: cursors.length,
    after: cursors.at(-1),
    next: (cursor: string) => setState({ query, cursors: [...cursors, cursor] }),
    previous: () => setState({ query, cursors: cursors.slice(0, -1) }),
  };
}

/** Shows the page before when the last row of a later page is gone. `count` is undefined while rows are loading. */
export function useLeaveEmptyPage({ page, previous }: ReturnType<typeof usePages>, count: number | undefined): void {
  const leave = useEffectEvent(previous);
  useEffect(() => {
    if (count === 0 && page > 0) leave();
  }, [count, page]);
}
