import type { Now } from "@/lib/client/now";
import type { Person } from "@/lib/contract/person";

/** The words for an account's state. "Active" is not used, because it is the name of a presence. */
export const accountWords = { open: "Can sign in", deactivated: "Deactivated", left: "Left" } as const;

export function accountState({ deactivatedAt }: Pick<Person, "deactivatedAt">): "open" | "deactivated" {
  return deactivatedAt === null ? "open" : "deactivated";
}

/** The word before the time at which a guest's access ends or ended. From that time, the guest counts as deactivated. */
export const endWord = (endsAt: string, { date }: Pick<Now, "date">): "Ends" | "Ended" =>
  Date.parse(endsAt) <= date.getTime() ? "Ended" : "Ends";
