import type { RoomRole } from "@/lib/contract/room-role";

/** The name of each role in a room. */
export const roleNames: Record<RoomRole, string> = { admin: "Room admin", moderator: "Moderator", member: "Member" };
