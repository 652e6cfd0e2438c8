import type { ChosenPresence, PresenceChoice } from "./presence";

/** The chosen presence of a person who has chosen none. */
export const automaticPresence: ChosenPresence = { choice: "auto", until: null, tick: 0 };

/** What counts at a time, in ms since 1970: the choice, or `auto` once it has ended. */
export function choiceAt({ choice, until }: Pick<ChosenPresence, "choice" | "until">, nowMs: number): PresenceChoice {
  return until !== null && Date.parse(until) <= nowMs ? "auto" : choice;
}
