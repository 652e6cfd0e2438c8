import { fields, Id, operation, Tick } from "./operation";
import { Membership, RoomEntry } from "./room";

export const readRoom = operation({
  name: "room.read",
  http: "PUT /api/rooms/{roomId}/read",
  aliases: ["POST /api/rooms/{roomId}/mark-read"],
  repeat: "safe",
  audit: null,
  summary: "Mark a room as read up to a message (`seq`), or everything in it now; never moves backwards",
  input: fields({
    roomId: Id,
    /** Without it, everything in the room at the time of the request. */
    upToSeq: Tick.optional(),
  }),
  output: Membership,
  errors: ["not_found"],
  emits: ["me"],
});

export const markRoomUnread = operation({
  name: "room.markUnread",
  http: "PUT /api/rooms/{roomId}/unread",
  repeat: "intent",
  audit: null,
  summary: "Mark a room as unread from a message (`seq`) on",
  input: fields({ roomId: Id, fromSeq: Tick }),
  output: RoomEntry,
  errors: ["not_found"],
  emits: ["me"],
});
