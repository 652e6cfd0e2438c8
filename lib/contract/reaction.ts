import { z } from "zod";
import { qualifiedEmoji } from "./emoji";
import { limits } from "./limits";
import { fields, Id, operation, Time } from "./operation";
import { nextPage, page } from "./page";
import { Person } from "./person";

/** One emoji of the list, stored in its qualified form. The same emoji in another skin tone is a different emoji. */
export const ReactionEmoji = z
  .string()
  .max(limits.emoji)
  .overwrite((text) => qualifiedEmoji(text) ?? text)
  .refine((text) => qualifiedEmoji(text) !== null, "Choose one emoji.");

/** All reactions to one message with one emoji, counted from their rows. */
const Counted = {
  emoji: z.string(),
  /** How many people react with it now. Zero if they all took it back. */
  count: z.int(),
  /** The first people who react with it now, at most five. */
  personIds: z.array(Id),
  /** The tick at which someone first reacted with it. The emoji of a message are shown in this order. */
  seq: z.int(),
  /** The tick of the latest change. Of two states of one emoji of a message, the one with the greater tick is newer. */
  changedSeq: z.int(),
};

/** The reactions to a message with one emoji, as one reader gets them. */
export const ReactionKind = fields({ ...Counted, isMine: z.boolean() });
export type ReactionKind = z.infer<typeof ReactionKind>;

/**
 * The same as everybody gets it in a frame. Whether the reader reacts with it follows from `changed`: for each person who reacted or
 * took it back after the frame's `from`, whether they react with it now. For everyone else that did not change.
 */
export const ReactionChange = fields({
  messageId: Id,
  /** The `seq` of the message. */
  messageSeq: z.int(),
  ...Counted,
  changed: z.record(Id, z.boolean()),
});
export type ReactionChange = z.infer<typeof ReactionChange>;

/** The answer to a reaction: the emoji's state after it. */
export const OwnReaction = fields({ roomId: Id, messageId: Id, messageSeq: z.int(), kind: ReactionKind });
export type OwnReaction = z.infer<typeof OwnReaction>;

/** Reactions given and taken back count together. */
const limit = { name: "reaction", points: 30, seconds: 3 };

export const addReaction = operation({
  name: "reaction.add",
  http: "PUT /api/messages/{messageId}/reactions/{emoji}",
  // A repeat changes nothing more: the row already says that the person reacts.
  repeat: "safe",
  audit: null,
  summary: `React to a message with an emoji. A message can have ${limits.reactionKinds} different ones`,
  input: fields({ messageId: Id, emoji: ReactionEmoji }),
  output: OwnReaction,
  errors: ["not_found", "forbidden", "room_archived", "gone", "conflict"],
  emits: ["frame"],
  limit,
});

export const removeReaction = operation({
  name: "reaction.remove",
  http: "DELETE /api/messages/{messageId}/reactions/{emoji}",
  repeat: "safe",
  audit: null,
  summary: "Take a reaction of yours back",
  input: fields({ messageId: Id, emoji: ReactionEmoji }),
  output: OwnReaction,
  errors: ["not_found", "forbidden", "room_archived", "gone"],
  emits: ["frame"],
  limit,
});

/** One person's reaction. `reactedAt` is when they last reacted with this emoji. */
export const Reaction = fields({ person: Person, emoji: z.string(), reactedAt: Time });
export type Reaction = z.infer<typeof Reaction>;

export const listReactions = operation({
  name: "reaction.list",
  http: "GET /api/messages/{messageId}/reactions",
  summary: "List who reacted to a message, with which emoji and when, earliest first",
  input: fields({
    messageId: Id,
    /** Only reactions with this emoji. */
    emoji: ReactionEmoji.optional(),
    ...page({ maxLimit: 100, defaultLimit: 50 }),
  }),
  output: fields({ reactions: z.array(Reaction), ...nextPage }),
  errors: ["not_found"],
});
