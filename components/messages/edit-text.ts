import { handleKey } from "@/lib/contract/markdown/mentions";
import type { Message } from "@/lib/contract/message";
import { withMentions } from "./with-mentions";

/**
 * The text with which an edit of a message begins: people whom it mentions have the handles that they have today. `handleOf` returns null
 * for somebody whom the viewer does not know.
 */
export const editText = (
  message: Pick<Message, "body" | "mentions">,
  handleOf: (personId: string) => string | null,
): string =>
  withMentions(message, ({ handle, target }) => {
    const current = target.kind === "person" ? handleOf(target.id) : null;
    return current === null || handleKey(current) === handle ? null : current;
  });
