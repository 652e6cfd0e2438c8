import { z } from "zod";

export const RoomRole = z.enum(["admin", "moderator", "member"]);
export type RoomRole = z.infer<typeof RoomRole>;

/** Who may post in a room: everyone in it, or only its moderators and admins. */
export const PostingPolicy = z.enum(["everyone", "moderators"]);
export type PostingPolicy = z.infer<typeof PostingPolicy>;

export const RoomAccess = z.enum(["public", "restricted", "private"]);
export type RoomAccess = z.infer<typeof RoomAccess>;

/** What newcomers see of the messages from before they joined: everything, or nothing. */
export const RoomHistory = z.enum(["everything", "fromJoining"]);
export type RoomHistory = z.infer<typeof RoomHistory>;
