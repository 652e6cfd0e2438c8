import { z } from "zod";
import { fields, Nothing, operation } from "./operation";

/** The presence of a person who is online. */
export const PresenceState = z.enum(["active", "idle"]);
export type PresenceState = z.infer<typeof PresenceState>;

export const updatePresence = operation({
  name: "presence.update",
  http: "PUT /api/presence",
  repeat: "safe",
  audit: null,
  summary: "Set your presence to active or idle, until the socket closes, or for 30 s without one",
  input: fields({ state: PresenceState }),
  output: Nothing,
  emits: ["presence"],
  limit: { points: 20, seconds: 10 },
});
