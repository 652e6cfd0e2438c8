import { z } from "zod";
import { fields, Id, operation, searchText, Time } from "./operation";
import { nextPage, page } from "./page";
import { Room } from "./room";
import { RoomAccess, RoomRole } from "./room-role";

/**
 * A room with what only owners and admins see of it. In a private room that they are not in, and in one that they are
 * banned from, topic and description are empty.
 */
export const AdministeredRoom = fields({
  room: Room,
  /** The caller's role in it. Null if they are not in it. */
  role: RoomRole.nullable(),
  /** Whether the caller is banned from it. They run it then as a private room that they are not in. */
  banned: z.boolean(),
  /** When the latest message was sent. Null if there is none. */
  lastMessageAt: Time.nullable(),
  /** How many messages it has, as counted within the last hour. */
  messages: z.int(),
});
export type AdministeredRoom = z.infer<typeof AdministeredRoom>;

export const RoomSort = z.enum(["name", "activity", "people", "messages"]);
export type RoomSort = z.infer<typeof RoomSort>;
export const RoomState = z.enum(["open", "archived"]);
export type RoomState = z.infer<typeof RoomState>;

export const administerRooms = operation({
  name: "room.administer",
  http: "GET /api/rooms/all",
  summary:
    "List all rooms of the organization but direct messages, for owners and admins. By `people` and `messages`, they are " +
    "sorted as counted within the last hour",
  input: fields({
    query: searchText(100).optional(),
    access: RoomAccess.optional(),
    state: RoomState.optional(),
    groupId: Id.optional(),
    /** Only the rooms that newcomers join: the one that everyone is in, and default rooms. */
    only: z.enum(["default", "notDefault"]).optional(),
    /** Only this room. */
    roomId: Id.optional(),
    /** With a query, the best matches come first, whatever the sort. */
    sort: RoomSort.default("name"),
    ...page({ maxLimit: 100, defaultLimit: 50 }),
  }),
  output: fields({
    rooms: z.array(AdministeredRoom),
    ...nextPage,
    /** How many match the filters, whether or not they match the query. */
    total: z.int(),
  }),
  errors: ["forbidden"],
});
