import { mentionsIn } from "@/lib/contract/markdown/mentioned";
import type { MentionTarget } from "@/lib/contract/mention";
import type { Message } from "@/lib/contract/message";

/** What was typed after an @, in the form of `handleKey`, and whom it means. */
interface Mentioned {
  handle: string;
  target: MentionTarget;
}

/** The text of a message with other words after the @ of its mentions. A mention for which `wordOf` returns null stays as it was typed. */
export function withMentions(
  { body, mentions }: Pick<Message, "body" | "mentions">,
  wordOf: (mentioned: Mentioned) => string | null,
): string {
  if (!mentions) return body;
  let text = "";
  let end = 0;
  for (const { handle, at, length } of mentionsIn(body, (each) => Object.hasOwn(mentions, each))) {
    const target = mentions[handle];
    const word = target ? wordOf({ handle, target }) : null;
    if (word === null) continue;
    text += `${body.slice(end, at)}@${word}`;
    end = at + length;
  }
  return text + body.slice(end);
}
