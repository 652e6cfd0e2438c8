"use client";
import { useSyncExternalStore } from "react";
import { isLooking, onLooking } from "../looking";

/** Whether somebody may be looking at the page. The server supposes so. */
export function useLooking(): boolean {
  return useSyncExternalStore(onLooking, isLooking, () => true);
}
