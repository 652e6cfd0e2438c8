import type { RoomRole } from "@/lib/contract/room-role";

/** What each role in a room is called. */
export const roleNames: Record<RoomRole, string> = { admin: "Room admin", moderator: "Moderator", member: "Member" };
