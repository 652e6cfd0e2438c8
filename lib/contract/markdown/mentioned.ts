import { limits } from "../limits";
import { parse } from "./parse";
import type { Block, Inline } from "./tree";

type Mention = Extract<Inline, { type: "mention" }>;

/** The mentions in a body, in their order. Handles are in the form of `handleKey`. */
export function mentionsIn(body: string, isKnown: (handle: string) => boolean): Mention[] {
  if (!body.includes("@")) return [];
  const mentions: Mention[] = [];
  const fromInlines = (inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      if (inline.type === "mention") mentions.push(inline);
      else if ("children" in inline) fromInlines(inline.children);
    }
  };
  const fromBlocks = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === "paragraph" || block.type === "heading") fromInlines(block.children);
      if (block.type === "quote") fromBlocks(block.children);
      if (block.type === "list") for (const { children } of block.items) fromBlocks(children);
      if (block.type === "table")
        for (const row of [block.head, ...block.rows]) for (const cell of row) fromInlines(cell);
    }
  };
  fromBlocks(parse(body, (handle, typed) => (isKnown(handle) ? typed : null)).blocks);
  return mentions;
}

/** The handles of these mentions, each once. */
export const handlesIn = (body: string, isKnown: (handle: string) => boolean): string[] => [
  ...new Set(mentionsIn(body, isKnown).map(({ handle }) => handle)),
];

/**
 * What could be a handle in a body, at most `max`, in their order. Some of it may turn out to be text, so look it up, and then call
 * `handlesIn`.
 */
export function possibleHandles(body: string, max: number): string[] {
  const handles = new Set<string>();
  handlesIn(body, (handle) => {
    if (handles.size < max && handle.length <= limits.handle) handles.add(handle);
    return false;
  });
  return [...handles];
}
