"use client";
import type { VirtualItem } from "@tanstack/react-virtual";
import { createContext, type ReactNode, useContext, useRef } from "react";
import type { MessagePosition } from "./log-anchoring";

/** The scroll position of a room's log when the person left the room. */
export interface LogPlace {
  /** Undefined if the log was at its end. */
  position: MessagePosition | undefined;
  /** The measured rows, so that they need not be measured again. */
  sizes: VirtualItem[];
}

const Places = createContext<{ current: Map<string, LogPlace> } | null>(null);

/** Stores the scroll position of each visited room. */
export function LogPlaces({ children }: { children: ReactNode }) {
  const places = useRef(new Map<string, LogPlace>());
  return <Places value={places}>{children}</Places>;
}

export function useLogPlaces(): Map<string, LogPlace> {
  const places = useContext(Places);
  if (!places) throw new Error("A log stands inside <LogPlaces>.");
  return places.current;
}
