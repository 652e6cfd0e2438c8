import type { Block, Body, Inline } from "@/lib/contract/markdown/tree";
import { handleIn } from "@/lib/contract/paths";

/** At most this many linked messages are shown under a message. */
const maxLinked = 3;
/** The server refuses a request with anything but a UUID, and then all that is asked for with it. */
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const messagePath = new RegExp(`^/o/[^/]+/m/(${uuid})$`, "i");

/**
 * The ids of the messages of one's own organization to which a message has links, each once, in order. Links in spoilers do not count:
 * what they lead to would show what is hidden.
 */
export function linkedMessageIds({ blocks }: Body, own: { origin: string; handle: string }): string[] {
  const ids = new Set<string>();
  for (const href of blocks.flatMap(linksIn)) {
    const url = URL.canParse(href) ? new URL(href) : null;
    if (url?.origin !== own.origin || handleIn(url.pathname)?.toLowerCase() !== own.handle.toLowerCase()) continue;
    const id = messagePath.exec(url.pathname)?.[1];
    if (id) ids.add(id.toLowerCase());
  }
  return [...ids].slice(0, maxLinked);
}

function linksIn(block: Block): string[] {
  if (block.type === "paragraph" || block.type === "heading") return block.children.flatMap(hrefsIn);
  if (block.type === "quote") return block.children.flatMap(linksIn);
  if (block.type === "list") return block.items.flatMap((item) => item.children.flatMap(linksIn));
  if (block.type === "table") return [block.head, ...block.rows].flat(2).flatMap(hrefsIn);
  return [];
}

function hrefsIn(inline: Inline): string[] {
  if (inline.type === "link") return [inline.href];
  return "children" in inline && inline.type !== "spoiler" ? inline.children.flatMap(hrefsIn) : [];
}
