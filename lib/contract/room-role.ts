import { z } from "zod";

export const RoomRole = z.enum(["admin", "moderator", "member"]);
export type RoomRole = z.infer<typeof RoomRole>;

/** Who may post in a room: everyone in it, or only its moderators and admins. */
export const PostingPolicy = z.enum(["everyone", "moderators"]);
export type PostingPolicy = z.infer<typeof PostingPolicy>;
