import { lazy, type ReactNode, Suspense } from "react";
import { retrying } from "@/components/ui/on-demand";
import type { Inline } from "@/lib/contract/markdown/tree";
import { breakable } from "./breakable";
import { Spoiler } from "./spoiler";

// Loaded with the first mention. Until then, what was typed is shown.
const Mention = lazy(
  retrying(
    () => import("./mention"),
    ({ children }) => children,
  ),
);

/** Renders a line of a message. The nodes of a body never change order, so the index is a stable key. */
export function renderInlines(nodes: readonly Inline[]): ReactNode {
  return nodes.map((node, at) => <Piece key={at} node={node} />);
}

function Piece({ node }: { node: Inline }): ReactNode {
  switch (node.type) {
    case "text":
    case "emoji":
      return breakable(node.text);
    case "mention":
      return (
        <Suspense fallback={node.text}>
          <Mention handle={node.handle}>{node.text}</Mention>
        </Suspense>
      );
    case "break":
      return <br />;
    case "strong":
      return <strong className="font-semibold">{renderInlines(node.children)}</strong>;
    case "em":
      return <em>{renderInlines(node.children)}</em>;
    case "del":
      return <del>{renderInlines(node.children)}</del>;
    case "spoiler":
      return <Spoiler>{renderInlines(node.children)}</Spoiler>;
    case "code":
      return (
        <code
          dir="ltr"
          className="rounded-xs bg-code px-[5px] py-[1.5px] align-[0.04em] font-mono text-[.865em] text-code-ink inset-line wrap-anywhere [box-decoration-break:clone] in-data-on-accent:on-accent-chip"
        >
          {breakable(node.text)}
        </code>
      );
    case "link":
      return (
        <a
          href={node.href}
          title={node.host || undefined}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          className="text-link wrap-anywhere in-data-on-accent:text-inherit"
        >
          {/* <bdi> keeps right-to-left text in the link from reordering the text around it. */}
          <bdi className="text-underlined">{renderInlines(node.children)}</bdi>
          {node.beside && (
            <>
              {" "}
              <bdi className="text-[.85em] text-ink-faint in-data-on-accent:text-on-accent-soft">({node.beside})</bdi>
            </>
          )}
        </a>
      );
  }
}
