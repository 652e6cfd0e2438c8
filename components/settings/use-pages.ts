"use client";
import { useState } from "react";

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
