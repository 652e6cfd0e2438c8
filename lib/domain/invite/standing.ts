import { hasLeft } from "@/lib/policy/person";
import { activePerson } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";

/**
 * Whether an account has a person in an organization, and whether that person can sign in. Someone who left can come back like a
 * newcomer, so their standing is `none`.
 */
export type Standing = "none" | "member" | "deactivated" | "ended";

export async function standingIn(tx: Tx, accountId: string, organizationId: string): Promise<Standing> {
  const where = { organizationId_accountId: { organizationId, accountId } };
  const person = await tx.person.findUnique({ where, select: { id: true, deactivatedAt: true, leftAt: true } });
  if (!person || hasLeft(person)) return "none";
  if (person.deactivatedAt) return "deactivated";
  return (await tx.person.count({ where: { id: person.id, ...activePerson() } })) > 0 ? "member" : "ended";
}

/** What people read if they try to join an organization that they are already in. Only the account's owner gets to read it. */
export const standingSentence: Readonly<Record<Exclude<Standing, "none">, string>> = {
  member: "You're already a member. Sign in.",
  deactivated: "Your account is deactivated here. Ask an admin to reactivate you.",
  ended: "Your access as a guest has ended. Ask an admin to extend it.",
};
