import { reactivatePerson } from "@/lib/contract/person-administration";
import { lockGroupsAndRooms, noGroupsAndRooms, setCounted } from "@/lib/domain/membership/counted";
import { mayReactivate } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { endSessionsOf } from "./end-sessions";
import { findAdministered } from "./find-administered";
import { toPerson } from "./to-person";

export default handle(reactivatePerson, {
  async load({ tx, actor, input }) {
    const found = await findAdministered(tx, actor, input.personId);
    const places =
      found && mayReactivate(found.asker, found.target).ok
        ? await lockGroupsAndRooms(tx, found.target)
        : noGroupsAndRooms;
    return found && { ...found, places };
  },
  allow: ({ subject: { asker, target } }) => mayReactivate(asker, target),
  async run({ tx, actor: { organizationId }, subject: { target, places }, announce, audit }) {
    if (!target.deactivatedAt) return toPerson(target);
    // Ends any session that began during the deactivation, so that it does not come back.
    await endSessionsOf(tx, announce, target.id);
    // Whoever left before they were deactivated still needs an invite to come back.
    const deactivatedAt = target.leftAt;
    if (!deactivatedAt) await setCounted(tx, announce, target, places, true);
    announce.person(organizationId, target.id, { deactivatedAt });
    audit({ subjectId: target.id, before: { deactivated: true }, after: { deactivated: false } });
    return toPerson({ ...target, deactivatedAt });
  },
});
