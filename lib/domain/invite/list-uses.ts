import { listInviteUses } from "@/lib/contract/invite";
import { personFields, toPerson } from "@/lib/domain/person/to-person";
import { mayHandleInvites } from "@/lib/policy/organization";
import { AppError } from "@/lib/server/app-error";
import { handle } from "@/lib/server/handler";
import { newestFirst, readPage } from "../page";
import { handledBy } from "./handled";

export default handle(listInviteUses, {
  // Reads nothing before `allow`, so that a refusal does not reveal which invites exist.
  load: async () => ({}),
  allow: ({ actor }) => mayHandleInvites(actor),
  async run({ tx, actor, input }) {
    const { inviteId } = input;
    if ((await tx.invite.count({ where: { id: inviteId, ...handledBy(actor) } })) === 0)
      throw new AppError("not_found");
    // Using an invite creates the person, so the ids of these people are in the order of the uses.
    const { rows, next } = await readPage(newestFirst, input, ({ where, ...page }) =>
      tx.person.findMany({
        where: { AND: [{ invitedBy: { inviteId } }, where] },
        select: { ...personFields, invitedBy: { select: { usedAt: true } } },
        ...page,
      }),
    );
    const people = rows.flatMap(({ invitedBy, ...person }) =>
      invitedBy ? [{ person: toPerson(person), usedAt: invitedBy.usedAt.toISOString() }] : [],
    );
    return { people, next };
  },
});
