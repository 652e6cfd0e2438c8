import { uuidv7 } from "uuidv7";
import { makePasswordLink } from "@/lib/contract/session";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { no } from "@/lib/policy/decision";
import { mayResetPassword } from "@/lib/policy/organization";
import { activePerson } from "@/lib/server/actor";
import { handle } from "@/lib/server/handler";
import { hashToken, newToken } from "@/lib/server/secret";

const dayMs = 24 * 3_600_000;

export default handle(makePasswordLink, {
  load: ({ tx, actor, input }) =>
    tx.person.findFirst({
      where: {
        ...peopleVisibleTo(actor),
        id: input.personId,
        accountId: { not: null },
        ...activePerson(),
      },
      include: { account: { select: { _count: { select: { people: true } } } } },
    }),
  allow({ actor, subject }) {
    const decision = mayResetPassword(actor, subject);
    // If the account is also in other organizations, their admins did not agree that the admins here may set its password. One that it
    // left counts, because with the account and an invite, somebody would get back the direct messages there.
    if (decision.ok && (subject.account?._count.people ?? 0) > 1)
      return no("This person's account is or was also in another organization. Only they can change its password.");
    return decision;
  },
  async run({ tx, actor, input, audit }) {
    const token = newToken();
    const expiresAt = new Date(Date.now() + dayMs);
    await tx.passwordReset.create({
      data: {
        id: uuidv7(),
        organizationId: actor.organizationId,
        personId: input.personId,
        makerId: actor.personId,
        tokenHash: hashToken(token),
        expiresAt,
      },
    });
    audit({ subjectId: input.personId, after: { expiresAt: expiresAt.toISOString() } });
    return { token, expiresAt: expiresAt.toISOString() };
  },
});
