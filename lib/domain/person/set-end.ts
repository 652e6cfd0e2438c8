import { setGuestEnd } from "@/lib/contract/person-administration";
import { lockGroupsAndRooms, noGroupsAndRooms, setCounted } from "@/lib/domain/membership/counted";
import { maySetGuestEnd } from "@/lib/policy/person";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { findAdministered } from "./find-administered";
import { toPerson } from "./to-person";

export default handle(setGuestEnd, {
  async load({ tx, actor, input }) {
    const found = await findAdministered(tx, actor, input.personId);
    const places =
      found && maySetGuestEnd(found.asker, found.target).ok
        ? await lockGroupsAndRooms(tx, found.target)
        : noGroupsAndRooms;
    return found && { ...found, places };
  },
  allow: ({ subject: { asker, target } }) => maySetGuestEnd(asker, target),
  async run({ tx, actor: { organizationId }, input, subject: { target, places }, announce, audit }) {
    const endsAt = input.endsAt === null ? null : new Date(input.endsAt);
    if (endsAt && endsAt.getTime() <= Date.now()) {
      throw new AppError("invalid_input", undefined, {
        endsAt: "Choose a time in the future. To end it now, deactivate.",
      });
    }
    if (endsAt?.getTime() === target.endsAt?.getTime()) return toPerson(target);
    // The end of access acts like a deactivation: a guest who comes back has to sign in again.
    if (target.endsAt && target.endsAt.getTime() <= Date.now()) {
      const where = { personId: target.id, revokedAt: null };
      await tx.session.updateMany({ where, data: { revokedAt: target.endsAt } });
      if (!target.deactivatedAt) await setCounted(tx, announce, target, places, true);
    }
    announce.person(organizationId, target.id, { endsAt });
    audit({
      subjectId: target.id,
      before: { endsAt: target.endsAt?.toISOString() ?? null },
      after: { endsAt: input.endsAt },
    });
    return toPerson(target);
  },
});
