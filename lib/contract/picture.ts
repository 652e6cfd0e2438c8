import { z } from "zod";
import { AskToken } from "./ask-token";
import { limits } from "./limits";
import { isOneEmoji } from "./one-emoji";
import { fields, Id, line, operation } from "./operation";

/** The name of a picture's files: the SHA-256 of their content, and a part that no other upload has. */
export const PictureName = z.string().regex(/^[0-9a-f]{64}-[0-9a-f]{12}$/);

/** A picture to upload, as base64. Its type follows from its content. */
export const PictureData = z
  .base64("Send the picture as base64.")
  .min(1, "Send a picture.")
  .max(Math.ceil(limits.picture / 3) * 4, `At most ${limits.picture / 1024} KB.`)
  .describe("A PNG, JPEG, WebP or GIF, as base64. It is cut to a square.");

/** One emoji. */
export const Emoji = line(limits.emoji).refine(isOneEmoji, "Choose one emoji.");

/** What is shown for a room: a picture, an emoji, or its icon. */
export const RoomAvatar = z.discriminatedUnion("type", [
  fields({ type: z.literal("none") }),
  fields({ type: z.literal("emoji"), emoji: Emoji }),
  fields({ type: z.literal("picture"), picture: PictureData }),
]);
export type RoomAvatar = z.infer<typeof RoomAvatar>;

export const showPicture = operation({
  name: "picture.show",
  http: "GET /api/pictures/{of}/{subjectId}",
  summary:
    "Get the name of the picture of a room or a person, null if there is none. " +
    "Its files are at `/o/{handle}/pictures/{of}/{subjectId}/{name}-96.webp` and `-256.webp`",
  input: fields({
    of: z.enum(["room", "person"]),
    subjectId: Id,
    /** The token of an ask link. The page of the link shows the picture of its room. */
    askToken: AskToken.optional(),
  }),
  output: fields({ picture: PictureName.nullable() }),
  errors: ["not_found"],
  // A page can show hundreds of pictures.
  limit: { points: 600, seconds: 10 },
});
