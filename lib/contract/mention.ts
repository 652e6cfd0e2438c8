import { z } from "zod";
import { fields, Id } from "./operation";

/** Whom a mention means: one person, the people of a group, those in the room who were active when it was sent, or everybody in the room. */
export const MentionTarget = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("person"), id: Id }),
  fields({ kind: z.literal("group"), id: Id }),
  fields({ kind: z.literal("here") }),
  fields({ kind: z.literal("room") }),
]);
export type MentionTarget = z.infer<typeof MentionTarget>;

/** The targets of a message's mentions, by what was typed after the @, in the form of `handleKey`. */
export const MentionTargets = z.record(z.string(), MentionTarget);
export type MentionTargets = z.infer<typeof MentionTargets>;

/** What the author of a message has to know about its mentions. */
export const MentionNotes = fields({
  /** What stays text, because the caller may not mention so many people, and why. */
  refused: z.array(fields({ handle: z.string(), reason: z.string() })),
  /** The people among the targets who are not in the room, so that they cannot see the message. */
  outsiderIds: z.array(Id),
});
export type MentionNotes = z.infer<typeof MentionNotes>;
