import { z } from "zod";
import { fields, operation, Tick } from "./operation";

/** How messages are shown. `byKind`: as rows in channels, and as bubbles in direct rooms. */
export const MessageLayout = z.enum(["byKind", "rows", "bubbles"]);
export type MessageLayout = z.infer<typeof MessageLayout>;

/** What the caller prefers on all their devices. */
export const Preferences = fields({
  messageLayout: MessageLayout,
  /** The caller's clock at their last change. Of two states, the one with the greater tick is newer. */
  tick: Tick,
});
export type Preferences = z.infer<typeof Preferences>;

/** The preferences of a person who has not changed them. */
export const defaultPreferences: Preferences = { messageLayout: "byKind", tick: 0 };

export const updatePreferences = operation({
  name: "preferences.update",
  http: "PATCH /api/me/preferences",
  repeat: "intent",
  audit: null,
  summary: "Change what you prefer on all your devices: how messages are shown. Only you see it",
  input: fields({ messageLayout: MessageLayout.optional() }),
  output: Preferences,
  emits: ["me"],
  limit: { points: 60, seconds: 60 },
});
