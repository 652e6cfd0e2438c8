"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { z } from "zod";
import { useAddressState } from "./address-state";

const Cursors = z.array(z.string());

/**
 * Moves between the pages of a list. Keeps the cursors of the pages after the first in the page's address, as the parameter `name`.
 * A new `query` begins at the first page.
 */
export function usePages(query: string, name = "pages") {
  const [cursors, setCursors] = useAddressState(name, Cursors, []);
  const [lastQuery, setLastQuery] = useState(query);
  if (lastQuery !== query) {
    setLastQuery(query);
    setCursors([]);
  }
  return {
    /** The page's number, from 0. */
    page: cursors.length,
    after: cursors.at(-1),
    next: (cursor: string) => setCursors([...cursors, cursor]),
    previous: () => setCursors(cursors.slice(0, -1)),
  };
}

/** Shows the page before when the last row of a later page is gone. `count` is undefined while rows are loading. */
export function useLeaveEmptyPage({ page, previous }: ReturnType<typeof usePages>, count: number | undefined): void {
  const leave = useEffectEvent(previous);
  useEffect(() => {
    if (count === 0 && page > 0) leave();
  }, [count, page]);
}
