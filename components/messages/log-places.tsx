"use client";
import type { VirtualItem } from "@tanstack/react-virtual";
import { createContext, type ReactNode, useContext, useRef } from "react";
import type { HeldMessage } from "./log-holds";

/** Where a room's log was left. */
export interface LogPlace {
  /** Undefined at the end of the log. */
  held: HeldMessage | undefined;
  /** What the rows measured, so that they need not be measured again. */
  sizes: VirtualItem[];
}

const Places = createContext<{ current: Map<string, LogPlace> } | null>(null);

/** Remembers for every room visited where its log was left. */
export function LogPlaces({ children }: { children: ReactNode }) {
  const places = useRef(new Map<string, LogPlace>());
  return <Places value={places}>{children}</Places>;
}

export function useLogPlaces(): Map<string, LogPlace> {
  const places = useContext(Places);
  if (!places) throw new Error("A log stands inside <LogPlaces>.");
  return places.current;
}
