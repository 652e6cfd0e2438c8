import { activePerson } from "@/lib/server/actor";
import type { LoginCookie } from "@/lib/server/cookie";
import { db } from "@/lib/server/db";

/**
 * Whether a login may learn that the organization with this handle exists, although it has no valid session there. It may if it
 * once had a session there, or if the person is active there.
 */
export async function mayKnowOrganization({ loginId, accountId }: LoginCookie, handle: string): Promise<boolean> {
  const person = { OR: [{ accountId, ...activePerson() }, { sessions: { some: { loginId } } }] };
  const found = await db().organization.findFirst({
    where: { handle: handle.toLowerCase(), people: { some: person } },
    select: { id: true },
  });
  return found !== null;
}
