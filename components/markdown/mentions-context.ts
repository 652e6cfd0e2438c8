"use client";
import { createContext } from "react";
import type { MentionTargets } from "@/lib/contract/mention";

/** What the mentions of a message mean. */
interface Mentions {
  targets: MentionTargets;
  /** Whether a group or `@here` means the viewer. */
  isForMe: boolean;
  isTabStop: boolean;
}
export const MentionsContext = createContext<Mentions | null>(null);
