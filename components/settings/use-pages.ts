"use client";
import { useState } from "react";

/** Paging by "after this one": where each page so far begins, so that one can go back. `about` is the question; a new one begins at the first page. */
export function usePages(about: string) {
  const [state, setState] = useState({ about, starts: [] as string[] });
  const starts = state.about === about ? state.starts : [];
  return {
    /** From 0. */
    page: starts.length,
    after: starts.at(-1),
    next: (last: string) => setState({ about, starts: [...starts, last] }),
    previous: () => setState({ about, starts: starts.slice(0, -1) }),
  };
}
