import { deactivatePerson } from "@/lib/contract/person-administration";
import { revokeWithoutRight } from "@/lib/domain/invite/revoke-without-right";
import { endWaiting, lockGroupsAndRooms, noGroupsAndRooms, setCounted } from "@/lib/domain/membership/counted";
import { withdrawWithoutRight } from "@/lib/domain/room/withdraw";
import { hasLeft, mayDeactivate } from "@/lib/policy/person";
import { handle } from "@/lib/server/handler";
import { endSessionsOf } from "./end-sessions";
import { findAdministered } from "./find-administered";
import { toPerson } from "./to-person";

export default handle(deactivatePerson, {
  async load({ tx, actor, input }) {
    const found = await findAdministered(tx, actor, input.personId);
    // An actor who may not deactivate the person takes no locks, so that they cannot delay others.
    const places =
      found && mayDeactivate(found.asker, found.target).ok
        ? await lockGroupsAndRooms(tx, found.target)
        : noGroupsAndRooms;
    return found && { ...found, places };
  },
  allow: ({ subject: { asker, target } }) => mayDeactivate(asker, target),
  async run({ tx, actor: { organizationId }, subject: { target, places }, announce, audit }) {
    if (target.deactivatedAt && !hasLeft(target)) return toPerson(target);
    const { id } = target;
    // If they left, they count as deactivated from after then on, so that no invite brings them back.
    const leftAt = target.deactivatedAt ? target.leftAt : null;
    const now = new Date(Math.max(Date.now(), (leftAt?.getTime() ?? 0) + 1));
    const written = { deactivatedAt: now };
    await revokeWithoutRight(tx, { organizationId, creatorId: id, written });
    const links = { organizationId, OR: [{ personId: id }, { makerId: id }], usedAt: null };
    await tx.passwordReset.updateMany({ where: links, data: { usedAt: now } });
    await endSessionsOf(tx, announce, id);
    await setCounted(tx, announce, target, places, false);
    await withdrawWithoutRight(tx, announce, { makerIds: [id], written });
    await endWaiting(tx, announce, id);
    announce.person(organizationId, id, { ...written, leftAt });
    audit({ subjectId: id, before: { deactivated: false }, after: { deactivated: true } });
    return toPerson({ ...target, deactivatedAt: now });
  },
});
