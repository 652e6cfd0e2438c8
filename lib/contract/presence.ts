import { z } from "zod";
import { fields, Nothing, operation } from "./operation";

/** What the server knows now. Somebody who is in no list is offline. */
export const PresenceState = z.enum(["active", "idle"]);
export type PresenceState = z.infer<typeof PresenceState>;

export const updatePresence = operation({
  name: "presence.update",
  http: "PUT /api/presence",
  repeat: "safe",
  summary: "Say that you're here, and whether you're active; lasts as long as the connection, or 30 s without one",
  input: fields({ state: PresenceState }),
  output: Nothing,
  emits: ["presence"],
  limit: { points: 20, seconds: 10 },
});
