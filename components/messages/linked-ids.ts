import type { Block, Body, Inline } from "@/lib/contract/markdown/tree";
import { handleIn } from "@/lib/contract/paths";

/** At most this many linked messages are shown under a message. */
const maxLinked = 3;

/** The ids of the messages of one's own organization to which a message has links, each once, in order. */
export function linkedMessageIds({ blocks }: Body, own: { origin: string; handle: string }): string[] {
  const ids = new Set<string>();
  for (const href of blocks.flatMap(linksIn)) {
    const url = URL.canParse(href) ? new URL(href) : null;
    if (url?.origin !== own.origin || handleIn(url.pathname)?.toLowerCase() !== own.handle.toLowerCase()) continue;
    const id = /^\/o\/[^/]+\/m\/([0-9a-f-]{36})$/i.exec(url.pathname)?.[1];
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
  return "children" in inline ? inline.children.flatMap(hrefsIn) : [];
}
