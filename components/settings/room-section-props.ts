import type { AdministeredRoom } from "@/lib/contract/room-administration";
import type { Asker } from "@/lib/policy/decision";
import type { RoomSubject } from "@/lib/policy/room";

/** A room as policies and the sections of its page see it. */
export type FoundRoom = AdministeredRoom & { room: Pick<RoomSubject, "bansAsker"> };

/** The props of the sections of a room's page. `onChanged` loads the room again. */
export type RoomSectionProps = { found: FoundRoom; asker: Asker; onChanged: () => void };

/** Whether its topic and its description are not for the viewer. */
export const isOutsideOf = ({ room, role, banned }: FoundRoom): boolean =>
  banned || (role === null && room.access === "private");
