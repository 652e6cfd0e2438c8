import type { AskLanding } from "@/lib/contract/join-request";
import { lockRoom } from "@/lib/domain/room/find";
import { mustWaitUntil } from "@/lib/policy/join-request";
import type { Actor } from "@/lib/server/actor";
import type { Tx } from "@/lib/server/db";
import { hashToken } from "@/lib/server/secret";
import { findWorkingLink } from "./to-link";

type OpenLanding = Extract<AskLanding, { state: "open" }>;

/**
 * Finds the room of an ask link in the actor's organization, and the actor's standing with it. Null if the link was revoked, if
 * its creator may no longer create one, if the room is archived or no longer private, or if the actor is banned. With `lock`, the
 * room stays locked.
 */
export async function findByAskLink(
  tx: Tx,
  { organizationId, personId, role }: Actor,
  token: string,
  { lock = false } = {},
): Promise<OpenLanding | null> {
  const where = { tokenHash: hashToken(token), organizationId };
  const link = await tx.askLink.findFirst({ where, select: { roomId: true } });
  if (!link) return null;
  if (lock) await lockRoom(tx, organizationId, link.roomId);
  const room = await tx.room.findFirst({
    where: { id: link.roomId, access: "private", archivedAt: null, askLink: where, bans: { none: { personId } } },
    include: {
      memberships: { where: { personId }, select: { personId: true } },
      joinRequests: { where: { personId }, orderBy: { id: "desc" }, take: 1, select: { state: true, endedAt: true } },
    },
  });
  if (!room || !(await findWorkingLink(tx, room))) return null;
  const [latest] = room.joinRequests;
  const until = latest?.state === "refused" ? mustWaitUntil(latest.endedAt, new Date()) : null;
  const standing =
    room.memberships.length > 0
      ? "joined"
      : role === "guest"
        ? "guest"
        : latest?.state === "pending"
          ? "asked"
          : until
            ? "refused"
            : "may_ask";
  return {
    state: "open",
    room: { id: room.id, name: room.name ?? "", emoji: room.emoji, picture: room.picture },
    standing,
    until: standing === "refused" ? (until?.toISOString() ?? null) : null,
  };
}
