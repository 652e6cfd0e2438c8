import { unblockPerson } from "@/lib/contract/block";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { yes } from "@/lib/policy/decision";
import { handle } from "@/lib/server/handler";
import { announceBlocks, lockBlocks } from "./blocks";

export default handle(unblockPerson, {
  async load({ tx, actor, input: { personId } }) {
    const blocks = await lockBlocks(tx, actor.personId);
    // A guest may no longer see whom they have blocked.
    const blockedByMe = { blockedBy: { some: { blockerId: actor.personId } } };
    const { organizationId } = actor;
    const where = { organizationId, id: personId, OR: [{ AND: [peopleVisibleTo(actor)] }, blockedByMe] };
    const person = await tx.person.findFirst({ where, select: { id: true } });
    return person && { person, blocks };
  },
  allow: () => yes,
  async run({ tx, actor: { personId: blockerId }, subject: { person, blocks }, announce }) {
    const { count } = await tx.block.deleteMany({ where: { blockerId, blockedId: person.id } });
    return count === 0 ? blocks : announceBlocks(tx, announce, blockerId, blocks);
  },
});
