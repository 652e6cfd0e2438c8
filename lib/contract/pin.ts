import { z } from "zod";
import { Message } from "./message";
import { fields, Id, operation } from "./operation";
import { Person } from "./person";

const limit = { points: 30, seconds: 10 };

export const addPin = operation({
  name: "pin.add",
  http: "PUT /api/messages/{messageId}/pin",
  repeat: "intent",
  audit: null,
  summary: "Pin a message in its room. A room has at most 50 pinned messages",
  input: fields({ messageId: Id }),
  output: Message,
  errors: ["not_found", "forbidden", "room_archived", "gone", "conflict"],
  emits: ["frame"],
  limit,
});

export const removePin = operation({
  name: "pin.remove",
  http: "DELETE /api/messages/{messageId}/pin",
  repeat: "intent",
  audit: null,
  summary: "Unpin a message",
  input: fields({ messageId: Id }),
  output: Message,
  errors: ["not_found", "forbidden", "room_archived", "gone"],
  emits: ["frame"],
  limit,
});

export const listPins = operation({
  name: "pin.list",
  http: "GET /api/rooms/{roomId}/pins",
  summary: "List the pinned messages of a room, latest pin first, with the beginnings of their texts",
  input: fields({ roomId: Id }),
  output: fields({
    /** All that you may see. Each `body` has at most 300 characters. */
    messages: z.array(Message),
    /** Who wrote them, and who pinned them. */
    people: z.array(Person),
  }),
  errors: ["not_found"],
});
