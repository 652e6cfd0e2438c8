"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { z } from "zod";
import type { CallError } from "@/lib/client/call-error";
import { useAddressState } from "./address-state";

const Cursors = z.array(z.string());

/**
 * Moves between the pages of a list. The address keeps the cursors of all pages after the first, as the parameter `name`. A new
 * `query` starts at the first page, unless the address changed the query and the cursors together.
 */
export function usePages(query: string, name = "pages") {
  const [cursors, setCursors] = useAddressState(name, (value) => Cursors.safeParse(value).data, []);
  const page = JSON.stringify(cursors);
  const [last, setLast] = useState({ query, page });
  if (last.query !== query || last.page !== page) {
    setLast({ query, page });
    if (last.page === page) setCursors([]);
  }
  return {
    /** The page's number, from 0. */
    page: cursors.length,
    after: cursors.at(-1),
    first: () => setCursors([]),
    next: (cursor: string) => setCursors([...cursors, cursor]),
    previous: () => setCursors(cursors.slice(0, -1)),
  };
}

/**
 * Leaves a page that cannot be shown. If all its rows are gone, shows the previous page. If the cursor in the address is invalid,
 * shows the first page. `count` is the number of rows on the page, undefined while they are loading.
 */
export function useLeavePage(
  { page, first, previous }: ReturnType<typeof usePages>,
  count: number | undefined,
  error: CallError | null,
): void {
  const toFirst = useEffectEvent(first);
  const toPrevious = useEffectEvent(previous);
  const isInvalid = error?.code === "invalid_input";
  useEffect(() => {
    if (page === 0) return;
    if (isInvalid) toFirst();
    else if (count === 0) toPrevious();
  }, [count, isInvalid, page]);
}
