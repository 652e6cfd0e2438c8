"use client";
import { useState } from "react";

/** The selected rows of a table. A row that is not shown is never selected. */
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
