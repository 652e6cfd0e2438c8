import { z } from "zod";
import { fields, Nothing, operation, Tick, Time } from "./operation";

/** The presence of a person who is online, as others see it. `dnd` is do not disturb. */
export const PresenceState = z.enum(["active", "idle", "dnd"]);
export type PresenceState = z.infer<typeof PresenceState>;

/**
 * What a person chose to be seen as: `auto` is active or idle, by the input on their devices; `dnd` is do not disturb; with
 * `offline`, they appear offline to everybody else.
 */
export const PresenceChoice = z.enum(["auto", "dnd", "offline"]);
export type PresenceChoice = z.infer<typeof PresenceChoice>;

/** The caller's chosen presence. Nobody else receives it. */
export const ChosenPresence = fields({
  choice: PresenceChoice,
  /** When the choice ends. From then on it counts as `auto`. Null means that it stays. */
  until: Time.nullable(),
  /** The caller's clock at their last change. Of two states, the one with the greater tick is newer. */
  tick: Tick,
});
export type ChosenPresence = z.infer<typeof ChosenPresence>;

export const updatePresence = operation({
  name: "presence.update",
  http: "PUT /api/presence",
  repeat: "safe",
  audit: null,
  summary: "Say whether this device is active or idle, until the socket closes, or for 30 s without one",
  input: fields({ state: PresenceState.extract(["active", "idle"]) }),
  output: Nothing,
  emits: ["presence"],
  limit: { points: 20, seconds: 10 },
});

export const choosePresence = operation({
  name: "presence.choose",
  http: "PUT /api/me/presence",
  repeat: "intent",
  audit: null,
  summary:
    "Choose how others see you, whatever device you use, until a time or until you change it: `auto` (active or idle), `dnd` " +
    "(do not disturb) or `offline`",
  input: fields({ choice: PresenceChoice, until: Time.nullable().default(null) }),
  output: ChosenPresence,
  emits: ["me"],
  limit: { points: 20, seconds: 60 },
});
