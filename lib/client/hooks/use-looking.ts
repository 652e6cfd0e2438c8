"use client";
import { useSyncExternalStore } from "react";
import { isLooking, watchLooking } from "../looking";

/** Whether somebody may be looking at the page. True on the server. */
export function useLooking(): boolean {
  return useSyncExternalStore(watchLooking, isLooking, () => true);
}
