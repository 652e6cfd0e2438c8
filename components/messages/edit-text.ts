import { mentionsIn } from "@/lib/contract/markdown/mentioned";
import { handleKey } from "@/lib/contract/markdown/mentions";
import type { Message } from "@/lib/contract/message";

/**
 * The text with which an edit of a message begins: people whom it mentions have the handles that they have today. `handleOf` returns null
 * for somebody whom the viewer does not know.
 */
export function editText(
  { body, mentions }: Pick<Message, "body" | "mentions">,
  handleOf: (personId: string) => string | null,
): string {
  if (!mentions) return body;
  let text = "";
  let end = 0;
  for (const { handle, at, length } of mentionsIn(body, (each) => Object.hasOwn(mentions, each))) {
    const target = mentions[handle];
    const current = target?.kind === "person" ? handleOf(target.id) : null;
    if (current === null || handleKey(current) === handle) continue;
    text += `${body.slice(end, at)}@${current}`;
    end = at + length;
  }
  return text + body.slice(end);
}
