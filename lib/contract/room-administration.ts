import { z } from "zod";
import { fields, Id, operation, searchText, Time } from "./operation";
import { nextPage, page } from "./page";
import { Room } from "./room";
import { RoomAccess, RoomRole } from "./room-role";

/**
 * A room, with the details that only owners and admins see. The topic and the description are empty if the caller is banned from
 * the room, or if the room is private and the caller is not in it.
 */
export const AdministeredRoom = fields({
  room: Room,
  /** The caller's role in the room. Null if they are not in it. */
  role: RoomRole.nullable(),
  /** Whether the caller is banned from the room. They can then manage it like a private room that they are not in. */
  banned: z.boolean(),
  /** When the latest message was sent. Null if there is none. */
  lastMessageAt: Time.nullable(),
  /** How many messages the room has. The count is at most an hour old. */
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
    /** Only rooms that are not open to this group, and that the caller may open to it. */
    openableToGroupId: Id.optional(),
    /** `default`: only the rooms that newcomers join, which are the room that everyone is in and the default rooms. */
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
    /** How many rooms match the filters, whether or not they match the query. */
    total: z.int(),
  }),
  errors: ["forbidden"],
});
