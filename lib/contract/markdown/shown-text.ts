import { blocksText } from "./block-text";
import type { Body } from "./tree";

/** A message as text for the clipboard: the same lines as in the log, without Markdown marks. Spoilers stay hidden. */
export function shownText({ blocks }: Body): string {
  return blocksText(blocks, { quote: "> ", rule: "---" });
}
