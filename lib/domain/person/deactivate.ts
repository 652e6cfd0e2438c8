import { deactivatePerson } from "@/lib/contract/person-administration";
import { mayDeactivate } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { endSessionsOf } from "./end-sessions";
import { findAdministered } from "./find-administered";
import { toPerson } from "./to-person";

export default handle(deactivatePerson, {
  load: ({ tx, actor, input }) => findAdministered(tx, actor, input.personId),
  allow: ({ subject: { asker, target } }) => mayDeactivate(asker, target),
  async run({ tx, actor: { organizationId }, subject: { target }, announce, audit }) {
    if (target.deactivatedAt) return toPerson(target);
    const { id } = target;
    const now = new Date();
    await tx.invite.updateMany({ where: { organizationId, creatorId: id, revokedAt: null }, data: { revokedAt: now } });
    const links = { organizationId, OR: [{ personId: id }, { makerId: id }], usedAt: null };
    await tx.passwordReset.updateMany({ where: links, data: { usedAt: now } });
    await endSessionsOf(tx, announce, id);
    announce.person(organizationId, id, { deactivatedAt: now });
    audit({ subjectId: id, before: { deactivated: false }, after: { deactivated: true } });
    return toPerson({ ...target, deactivatedAt: now });
  },
});
