import type { Parse } from "@/components/markdown/parser";
import { mentionedNames } from "@/lib/client/mentioned-names";
import type { Now } from "@/lib/client/now";
import type { Parley } from "@/lib/client/parley";
import type { Message } from "@/lib/contract/message";
import { type CopiedRow, copiedText } from "./copied-text";
import { type LogRowItem, messageOf } from "./log-rows";
import { withMentions } from "./with-mentions";

/** Returns the text for the clipboard. */
export type FormatCopy = (copied: readonly CopiedRow[], parse: Parse, now: Now) => string;

/** Loads the names that a copy of some of these rows needs. */
export async function prepareCopy(
  parley: Pick<Parley, "stores" | "names">,
  rows: readonly LogRowItem[],
): Promise<FormatCopy> {
  const knownNameOf = await mentionedNames(
    parley,
    rows.map((row) => messageOf(row)?.mentions),
  );
  const nameOf = (id: string) => knownNameOf(id) ?? "Someone";
  return (copied, parse, now) => copiedText(copied, { nameOf, knownNameOf, parse, now });
}

/** What was typed in a message, with the names that those whom it mentions have today. */
export async function copiedBody(
  parley: Pick<Parley, "stores" | "names">,
  message: Pick<Message, "body" | "mentions">,
): Promise<string> {
  const nameOf = await mentionedNames(parley, [message.mentions]);
  return withMentions(message, ({ target }) => ("id" in target ? nameOf(target.id) : null));
}
