import { presenceNames } from "@/components/ui/presence";
import type { PresenceChoice } from "@/lib/contract/presence";

/** A choice that can have an end. */
export type TimedChoice = Exclude<PresenceChoice, "auto">;

/** What can be chosen, as the rows of my card say it. */
export const choiceNames: Record<PresenceChoice, string> = {
  auto: presenceNames.active,
  dnd: presenceNames.dnd,
  offline: "Appear offline",
};

/** What my own screen says while the choice lasts. */
export const chosenWords: Record<TimedChoice, string> = { dnd: presenceNames.dnd, offline: "Appearing offline" };
