"use client";
import { useState } from "react";

/** Which rows of a table are selected. A row that is no longer shown is not selected. */
export function useSelection(shownIds: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = shownIds.filter((id) => chosen.has(id));
  return {
    ids,
    has: (id: string) => chosen.has(id) && shownIds.includes(id),
    areAll: shownIds.length > 0 && ids.length === shownIds.length,
    set(id: string, selected: boolean) {
      const next = new Set(ids);
      if (selected) next.add(id);
      else next.delete(id);
      setChosen(next);
    },
    setAll: (selected: boolean) => setChosen(new Set(selected ? shownIds : [])),
  };
}
