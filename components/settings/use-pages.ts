"use client";
import { useState } from "react";

/** Previous and next pages of a list. Stores the cursor at which each page begins. A new `query` starts at the first page. */
export function usePages(query: string) {
  const [state, setState] = useState({ query, starts: [] as string[] });
  const starts = state.query === query ? state.starts : [];
  return {
    /** From 0. */
    page: starts.length,
    after: starts.at(-1),
    next: (start: string) => setState({ query, starts: [...starts, start] }),
    previous: () => setState({ query, starts: starts.slice(0, -1) }),
  };
}
