import type { AskLink } from "@/lib/contract/join-request";
import { mayStillRunAskLink } from "@/lib/policy/maker";
import type { RoomSubject } from "@/lib/policy/room";
import { rulesColumns } from "@/lib/server/actor";
import type { Prisma, Tx } from "@/lib/server/db";

export const linkFields = { creator: { select: { id: true, name: true } } } satisfies Prisma.AskLinkInclude;
type LinkRow = Prisma.AskLinkGetPayload<{ include: typeof linkFields }>;

export function toAskLink({ creator, createdAt }: LinkRow): AskLink {
  return { creator, createdAt: createdAt.toISOString() };
}

/** The ask link of a room. Null if its creator may no longer create one. */
export async function findWorkingLink(tx: Tx, room: RoomSubject & { id: string }): Promise<LinkRow | null> {
  const roomId = room.id;
  const ofRoom = { where: { roomId } };
  const row = await tx.askLink.findUnique({
    ...ofRoom,
    include: {
      creator: {
        select: {
          id: true,
          name: true,
          role: true,
          deactivatedAt: true,
          organization: { select: rulesColumns },
          memberships: { ...ofRoom, select: { role: true } },
          bans: { ...ofRoom, select: { personId: true } },
        },
      },
    },
  });
  if (!row) return null;
  const { id: personId, name, role, deactivatedAt, organization: rules, memberships, bans } = row.creator;
  const asker = { personId, role, rules };
  const maker = { asker, deactivatedAt, membership: memberships[0] ?? null, isBanned: bans.length > 0 };
  return mayStillRunAskLink(maker, room).ok ? { ...row, creator: { id: personId, name } } : null;
}
