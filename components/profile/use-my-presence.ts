"use client";
import { presenceNames } from "@/components/ui/presence";
import { useMe } from "@/lib/client/hooks/use-me";
import { useChosenPresence, usePresence } from "@/lib/client/hooks/use-presence";
import { chosenWords } from "./presence-words";
import { useUntilWords } from "./use-status";

/** My presence in words, with the end of what I chose: "Do not disturb until 11:00". Empty while it is unknown. */
export function useMyPresence(): { choice: "auto" | "dnd" | "offline"; words: string } {
  const { me } = useMe();
  const presence = usePresence(me.id);
  const chosen = useChosenPresence();
  const until = useUntilWords(chosen);
  // Appearing offline is always said. Without a connection, nobody sees that I do not want to be disturbed.
  if (chosen.choice === "auto" || (chosen.choice === "dnd" && presence !== "dnd"))
    return { choice: "auto", words: presence ? presenceNames[presence] : "" };
  return { choice: chosen.choice, words: [chosenWords[chosen.choice], until].filter(Boolean).join(" ") };
}
