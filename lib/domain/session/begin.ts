import { uuidv7 } from "uuidv7";
import { Email } from "@/lib/contract/person";
import { runsOrganization } from "@/lib/policy/decision";
import { isAppError } from "@/lib/server/app-error";
import type { Begin } from "@/lib/server/auth";
import { db } from "@/lib/server/db";
import { takePoint } from "@/lib/server/rate-limit";
import { verifyPassword } from "@/lib/server/secret";
import { giveTriesBack, takeTry } from "./throttle";

const perAddress = { points: 50, seconds: 60 };
const hourMs = 3_600_000;

/**
 * Signs somebody in: a new login, or null. Unknown e-mails, wrong passwords and deactivated people take the same
 * time and get the same answer. Too many tries throw `rate_limited`, whether or not the account exists; it is never locked.
 */
export const begin: Begin = async ({ email, password, address, userAgent }) => {
  const parsed = Email.safeParse(email);
  const key = parsed.success ? parsed.data : "malformed";
  try {
    await takePoint("sign-in.address", address, perAddress);
    await takeTry(key);
  } catch (error) {
    // next-auth passes on nothing but the message.
    if (isAppError(error)) throw new Error(error.code, { cause: error });
    throw error;
  }
  const account = parsed.success
    ? await db().account.findUnique({ where: { email: parsed.data }, include: { people: true } })
    : null;
  const right = password.length <= 1_000 && (await verifyPassword(account?.passwordHash ?? null, password));
  const person = account?.people.find((somebody) => somebody.deactivatedAt === null);
  if (!right || !person) return null;
  await giveTriesBack(key);
  const { id: personId, organizationId } = person;
  const lifeMs = runsOrganization({ personId, role: person.role }) ? 12 * hourMs : 90 * 24 * hourMs;
  const session = await db().session.create({
    data: {
      id: uuidv7(),
      organizationId,
      personId,
      address,
      userAgent: userAgent.slice(0, 300),
      expiresAt: new Date(Date.now() + lifeMs),
    },
  });
  return { sessionId: session.id };
};
