"use client";
import { createContext, useContext } from "react";
import type { Parley } from "../parley";

export const ParleyContext = createContext<Parley | null>(null);

/** The page's client. */
export function useParley(): Parley {
  const parley = useContext(ParleyContext);
  if (!parley) throw new Error("useParley must be used inside <ParleyProvider>.");
  return parley;
}
