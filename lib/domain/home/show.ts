import { type Home, showHome } from "@/lib/contract/home";
import { organizationFields, toOrganization } from "@/lib/domain/organization/to-organization";
import { peopleIn, personFields, toPerson } from "@/lib/domain/person/to-person";
import { entriesOf } from "@/lib/domain/room/entries";
import { pendingInvites } from "@/lib/domain/room-invite/pending";
import { yes } from "@/lib/policy/decision";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { handle } from "@/lib/server/handler";

/** Reads the home: everything that a person's first screen needs. The answer is consistent only if `tx` is a snapshot. */
export async function homeOf(tx: Tx, actor: Actor): Promise<Home> {
  const { personId, organizationId, sessionId } = actor;
  const me = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: {
      ...personFields,
      log: { select: { clock: true } },
      account: { select: { email: true } },
      organization: { select: { ...organizationFields, epoch: true, log: { select: { clock: true } } } },
      groups: { select: { groupId: true } },
    },
  });
  const rooms = await entriesOf(tx, personId);
  const { epoch, log, ...organization } = me.organization;
  return {
    organization: toOrganization(organization),
    me: toPerson(me),
    email: me.account?.email ?? null,
    sessionId,
    groupIds: me.groups.map((group) => group.groupId),
    clock: me.log?.clock ?? 1,
    organizationClock: log?.clock ?? 0,
    epoch,
    rooms,
    invites: await pendingInvites(tx, actor),
    people: await peopleIn(
      tx,
      organizationId,
      rooms.map((entry) => entry.lastMessage),
      rooms.flatMap(({ room }) => room.directIds),
    ),
  };
}

export default handle(showHome, {
  mode: "snapshot",
  load: async () => ({}),
  allow: () => yes,
  run: ({ tx, actor }) => homeOf(tx, actor),
});
