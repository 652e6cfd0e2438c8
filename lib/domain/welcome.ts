import { db } from "@/lib/server/db";
import type { Domain } from "@/lib/server/socket";

/** What a new socket is told first, and the rooms it should be asked about. */
export const welcome: Domain["welcome"] = async ({ personId, organizationId }) => {
  const [organization, memberships] = await Promise.all([
    db().organization.findUniqueOrThrow({ where: { id: organizationId }, select: { epoch: true } }),
    db().membership.findMany({ where: { personId }, select: { room: { select: { id: true, clock: true } } } }),
  ]);
  return { epoch: organization.epoch, rooms: memberships.map(({ room }) => room) };
};
