import type { Person } from "@/lib/contract/person";

/** The words for an account's state. Presence has its own words: "Active" only means that somebody is here now. */
export const accountWords = { open: "Can sign in", deactivated: "Deactivated" } as const;

export function accountState({ deactivatedAt }: Pick<Person, "deactivatedAt">): keyof typeof accountWords {
  return deactivatedAt === null ? "open" : "deactivated";
}
