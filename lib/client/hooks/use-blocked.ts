"use client";
import { useCallback, useState } from "react";
import { useStore } from "zustand";
import type { Blocked } from "../blocked";
import { useParley } from "./use-parley";

/** The people whom I block. */
export function useBlocked(): Blocked {
  return useStore(useParley().stores.rooms, ({ blocked }) => blocked);
}

const none: ReadonlySet<string> = new Set();

/** The people whom I block, and which of their messages a log shows, until I block or unblock somebody. The others are collapsed. */
export function useBlockedMessages() {
  const blocked = useBlocked();
  const [shown, setShown] = useState({ blocked, ids: none });
  const shownIds = shown.blocked === blocked ? shown.ids : none;
  const showBlocked = useCallback(
    (id: string) => setShown({ blocked, ids: new Set([...shownIds, id]) }),
    [blocked, shownIds],
  );
  return { blocked, shownIds, showBlocked };
}
