import type { Person } from "@/lib/contract/person";

/** Whether somebody has access. Other words than those of presence: "Active" is only who is here now. */
export const accountWords = { open: "Can sign in", deactivated: "Deactivated" } as const;

export function accountState({ deactivatedAt }: Pick<Person, "deactivatedAt">): keyof typeof accountWords {
  return deactivatedAt === null ? "open" : "deactivated";
}
