import type { Announce } from "@/lib/server/handler";

/**
 * Announces that a room that people can find is new, has changed or is gone, so that open lists and previews are loaded again.
 * Who is not in a room gets no event about it, so nothing says which room it is. Nothing is said about private rooms.
 */
export function announceListed(announce: Announce, room: { access: string; organizationId: string }): void {
  if (room.access !== "private") announce.organization(room.organizationId);
}
