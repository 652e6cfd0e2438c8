import type { ChosenPresence, PresenceChoice } from "@/lib/contract/presence";
import { automaticPresence, choiceAt } from "@/lib/contract/presence-choice";
import type { Tx } from "@/lib/server/db";

/** For Prisma: selects the columns of a person's log that hold their choice. */
export const chosenColumns = { presence: true, presenceUntil: true, presenceTick: true } as const;

interface StoredChoice {
  presence: PresenceChoice;
  presenceUntil: Date | null;
  presenceTick: number;
}

/** Presents what a person chose, from the row of their log if there is one. A choice that has ended is `auto`. */
export function toChosenPresence(log: StoredChoice | null): ChosenPresence {
  if (!log) return { ...automaticPresence };
  const chosen = { choice: log.presence, until: log.presenceUntil?.toISOString() ?? null, tick: log.presenceTick };
  return choiceAt(chosen, Date.now()) === "auto" ? { ...automaticPresence, tick: chosen.tick } : chosen;
}

/** Reads what a person chose. */
export async function readChosen(tx: Tx, personId: string): Promise<ChosenPresence> {
  return toChosenPresence(await tx.personLog.findUnique({ where: { personId }, select: chosenColumns }));
}
