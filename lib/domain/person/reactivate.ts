import { reactivatePerson } from "@/lib/contract/person-administration";
import { mayReactivate } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { endSessionsOf } from "./end-sessions";
import { findAdministered } from "./find-administered";
import { toPerson } from "./to-person";

export default handle(reactivatePerson, {
  load: ({ tx, actor, input }) => findAdministered(tx, actor, input.personId),
  allow: ({ subject: { asker, target } }) => mayReactivate(asker, target),
  async run({ tx, actor: { organizationId }, subject: { target }, announce, audit }) {
    if (!target.deactivatedAt) return toPerson(target);
    // A login that began while they were being deactivated does not come back.
    await endSessionsOf(tx, announce, target.id);
    announce.person(organizationId, target.id, { deactivatedAt: null });
    audit({ subjectId: target.id, before: { deactivated: true }, after: { deactivated: false } });
    return toPerson({ ...target, deactivatedAt: null });
  },
});
