import type { Person } from "@/lib/contract/person";

/** The words for an account's state. "Active" is not used, because it is a presence. */
export const accountWords = { open: "Can sign in", deactivated: "Deactivated" } as const;

export function accountState({ deactivatedAt }: Pick<Person, "deactivatedAt">): keyof typeof accountWords {
  return deactivatedAt === null ? "open" : "deactivated";
}
