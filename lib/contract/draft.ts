import { z } from "zod";
import { limits } from "./limits";
import { fields, Id, NewId, operation, Tick, Time } from "./operation";

/** The caller's draft in a room or a thread: what they have typed there and not sent. Nobody else receives it. */
export const Draft = fields({
  roomId: Id,
  /** The first message of the thread; null for the draft of the room itself. */
  threadId: Id.nullable(),
  /** The id of the message that it will become. Once the caller has sent a message with this id, the draft is empty. */
  id: Id,
  /** As typed. Empty: there is no draft, or no longer. In the home and in events only the beginning (`isWhole`). */
  text: z.string(),
  /** Whether `text` is the whole draft. `draft.show` always has the whole. */
  isWhole: z.boolean(),
  updatedAt: Time,
  /** The caller's clock at its last change. Of two states of one draft, the one with the greater tick is newer. */
  tick: Tick,
});
export type Draft = z.infer<typeof Draft>;

const DraftText = z
  .string()
  .max(limits.draft, `At most ${limits.draft.toLocaleString("en")} characters.`)
  .refine((text) => !text.includes("\u0000"), "This contains characters that can't be saved.");

export const writeDraft = operation({
  name: "draft.write",
  http: "PUT /api/rooms/{roomId}/draft",
  // The same text under the same id is never a conflict.
  repeat: "safe",
  audit: null,
  summary:
    "Keep what you have typed in a room or a thread and not sent, for all your devices; an empty text removes it. If the draft has changed " +
    "since `baseTick`, nothing is written, and the answer is `conflict`. After the message with this id was sent, the draft stays empty",
  input: fields({
    roomId: Id,
    /** The first message of the thread of this room in which it was typed. */
    threadId: Id.optional(),
    /** The id of the message that it will become. Choose another one after sending it. */
    id: NewId,
    text: DraftText,
    /** The tick of the draft that the text continues. 0 if there was none. */
    baseTick: Tick,
  }),
  output: Draft,
  errors: ["not_found", "conflict"],
  emits: ["me"],
  // A device writes every two seconds at most, and several rooms when its page is hidden.
  limit: { points: 60, seconds: 60 },
});

export const showDraft = operation({
  name: "draft.show",
  http: "GET /api/rooms/{roomId}/draft",
  summary: "Get your whole draft in a room or in one of its threads, also in a room that you can no longer open",
  input: fields({
    roomId: Id,
    /** The first message of the thread. */
    threadId: Id.optional(),
  }),
  output: Draft,
  errors: ["not_found"],
});
