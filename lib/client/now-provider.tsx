"use client";
import { type ReactNode, useState } from "react";
import { ClockContext } from "./hooks/use-now";
import { createClock } from "./now";

/** Provides one clock for the page. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [clock] = useState(createClock);
  return <ClockContext value={clock}>{children}</ClockContext>;
}
