import { blockPerson } from "@/lib/contract/block";
import { limits } from "@/lib/contract/limits";
import { peopleVisibleTo } from "@/lib/domain/person/visible";
import { mayBlock } from "@/lib/policy/block";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { announceBlocks, lockBlocks } from "./blocks";

export default handle(blockPerson, {
  async load({ tx, actor, input: { personId } }) {
    const blocks = await lockBlocks(tx, actor.personId);
    const where = { AND: [peopleVisibleTo(actor), { id: personId }] };
    const person = await tx.person.findFirst({ where, select: { id: true } });
    return person && { person, blocks };
  },
  allow: ({ actor, subject: { person } }) => mayBlock(actor, person),
  async run({ tx, actor, subject: { person, blocks }, announce }) {
    const { organizationId, personId: blockerId } = actor;
    if (blocks.people.some(({ personId }) => personId === person.id)) return blocks;
    if (blocks.people.length >= limits.blocks)
      throw new AppError("conflict", `You have blocked ${limits.blocks} people already. Unblock someone first.`);
    await tx.block.create({ data: { organizationId, blockerId, blockedId: person.id }, select: { blockerId: true } });
    return announceBlocks(tx, announce, blockerId, blocks);
  },
});
