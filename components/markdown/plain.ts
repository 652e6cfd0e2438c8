import type { Body } from "@/lib/contract/markdown/parse";
import type { Inline } from "@/lib/contract/markdown/tree";

/** A message as it was typed, line by line: for want of the parser. */
export function plain(body: string): Body {
  const children = body
    .split("\n")
    .flatMap((text, at): Inline[] =>
      at === 0 ? [{ type: "text", text }] : [{ type: "break" }, { type: "text", text }],
    );
  return { blocks: [{ type: "paragraph", children }], big: false };
}
