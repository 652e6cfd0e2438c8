import type { Room } from "@/lib/contract/room";

/** Why newcomers do not join a default room: it was archived, or is no longer public. Null if they join it. */
export function whyNewcomersStayOut(room: Pick<Room, "access" | "archivedAt">): string | null {
  if (room.archivedAt) return "Newcomers don't join it while it's archived.";
  return room.access === "public" ? null : `Newcomers don't join it while it's ${room.access}.`;
}
