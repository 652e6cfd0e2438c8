import type { Announce } from "@/lib/server/handler";

/**
 * Announces that a room that people can find is new, has changed or is gone, so that open lists and previews reload. The
 * announcement does not name the room, because people outside a room get no events about it. Private rooms are not announced.
 */
export function announceListed(announce: Announce, room: { access: string; organizationId: string }): void {
  if (room.access !== "private") announce.organization(room.organizationId);
}
