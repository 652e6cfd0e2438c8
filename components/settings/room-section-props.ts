import type { AdministeredRoom } from "@/lib/contract/room-administration";
import type { Asker } from "@/lib/policy/decision";
import type { RoomSubject } from "@/lib/policy/room";

/** A room as the policies and the sections of its settings page use it. */
export type FoundRoom = AdministeredRoom & { room: Pick<RoomSubject, "bansAsker"> };

/** The props of the sections of a room's settings page. `onChanged` reloads the room. */
export type RoomSectionProps = { found: FoundRoom; asker: Asker; onChanged: () => void };

/** Whether the viewer may not see the room's topic and description. */
export const isOutsideOf = ({ room, role, banned }: FoundRoom): boolean =>
  banned || (role === null && room.access === "private");
