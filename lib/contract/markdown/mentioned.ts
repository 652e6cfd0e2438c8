import type { IsMentioned } from "./mentions";
import { parse } from "./parse";
import type { Block, Inline } from "./tree";

/** The handles that a body mentions, in the form of `handleKey`, in their order, each once. */
export function handlesIn(body: string, isMentioned: IsMentioned): string[] {
  if (!body.includes("@")) return [];
  const handles = new Set<string>();
  const fromInlines = (inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      if (inline.type === "mention") handles.add(inline.handle);
      else if ("children" in inline) fromInlines(inline.children);
    }
  };
  const fromBlocks = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === "paragraph" || block.type === "heading") fromInlines(block.children);
      if (block.type === "quote") fromBlocks(block.children);
      if (block.type === "list") for (const { children } of block.items) fromBlocks(children);
      if (block.type === "table") for (const row of [block.head, ...block.rows]) for (const cell of row) fromInlines(cell);
    }
  };
  fromBlocks(parse(body, isMentioned).blocks);
  return [...handles];
}

/**
 * What could be a handle in a body, at most `max`, in their order. Some of it may turn out to be text, so look it up, and then call
 * `handlesIn`.
 */
export function possibleHandles(body: string, max: number): string[] {
  const handles = new Set<string>();
  handlesIn(body, (handle) => {
    if (handles.size < max) handles.add(handle);
    return false;
  });
  return [...handles];
}
