import { Square, SquareCheck } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { Block, Item } from "@/lib/contract/markdown/tree";
import { typed } from "@/lib/contract/markdown/typed";
import type { Message } from "@/lib/contract/message";
import { breakable } from "./breakable";
import { CodeBlock } from "./code-block";
import { renderInlines } from "./inlines";
import { MentionsContext } from "./mentions-context";
import { useParser } from "./parser";
import { Table } from "./table";

type MessageBodyProps = {
  body: string;
  /** Whom it mentions, as its author's message says. */
  mentions?: Pick<Message, "mentions" | "isForMe"> | undefined;
  /** Whether the Tab key reaches its mentions. */
  isTabStop?: boolean;
  /** Whether it is shown on an accent-coloured bubble. Then links and code have the bubble's colours. */
  onAccent?: boolean;
  /** Shown at the end of the last line, such as "(edited)". */
  after?: ReactNode;
  className?: string;
};

/** Renders a message as React elements, never as an HTML string. */
export function MessageBody({ body, mentions, isTabStop = false, onAccent, after, className }: MessageBodyProps) {
  const parse = useParser() ?? typed;
  const targets = mentions?.mentions ?? null;
  const isForMe = mentions?.isForMe === true;
  const shown = useMemo(() => targets && { targets, isForMe, isTabStop }, [targets, isForMe, isTabStop]);
  const { blocks, big } = useMemo(
    () => parse(body, targets && ((handle, typedText) => (Object.hasOwn(targets, handle) ? typedText : null))),
    [parse, body, targets],
  );
  return (
    <div
      data-on-accent={onAccent ? "" : undefined}
      className={cn("min-w-0 text-pretty wrap-anywhere", big && "text-big leading-[1.15] tracking-[2px]", className)}
    >
      <MentionsContext value={shown}>{renderBlocks(blocks, { after })}</MentionsContext>
    </div>
  );
}

/**
 * Renders the blocks of a message, quote or list item. With `isNested`, the blocks inherit the text direction of the quote or
 * list item around them. So the text begins on the side of the bar or number.
 */
function renderBlocks(
  blocks: readonly Block[],
  { after, isNested = false }: { after?: ReactNode; isNested?: boolean } = {},
): ReactNode {
  const last = blocks.at(-1)?.type;
  const endsInline = last === "paragraph" || last === "typed";
  return (
    <>
      {blocks.map((block, at) => (
        <OneBlock
          key={at}
          block={block}
          isNested={isNested}
          after={endsInline && at === blocks.length - 1 ? after : undefined}
        />
      ))}
      {!endsInline && after}
    </>
  );
}

function OneBlock({ block, after, isNested }: { block: Block; after?: ReactNode; isNested: boolean }): ReactNode {
  const dir = isNested ? undefined : "auto";
  switch (block.type) {
    case "paragraph":
      return (
        <p dir={dir} className="mt-1.5 whitespace-pre-wrap first:mt-0">
          {renderInlines(block.children)}
          {after}
        </p>
      );
    case "typed":
      return (
        <p dir="auto" className="whitespace-pre-wrap">
          {breakable(block.text)}
          {after}
        </p>
      );
    case "heading":
      // Not an <h1> to <h3>: messages must not change the page's outline.
      return (
        <p
          dir={dir}
          className={cn(
            "mt-2 font-semibold tracking-name whitespace-pre-wrap first:mt-0",
            block.level < 3 && "text-lg",
          )}
        >
          {renderInlines(block.children)}
        </p>
      );
    case "quote":
      return (
        <blockquote
          dir="auto"
          className="mt-1.5 border-s-3 border-line-strong ps-2.5 text-ink-soft first:mt-0 in-data-on-accent:border-on-accent/60 in-data-on-accent:text-on-accent-soft"
        >
          {renderBlocks(block.children, { isNested: true })}
        </blockquote>
      );
    case "list":
      return <List items={block.items} />;
    case "code":
      return <CodeBlock text={block.text} label={block.label} language={block.language} />;
    case "table":
      return <Table {...block} />;
    case "gap":
      return (
        <div aria-hidden="true" className="whitespace-pre">
          {"\n".repeat(block.lines)}
        </div>
      );
    case "rule":
      return <hr className="my-2 in-data-on-accent:border-on-accent/40" />;
  }
}

/** Shows the numbers as text, as they were typed. The browser would renumber the items. */
function List({ items }: { items: readonly Item[] }) {
  const Tag = items.every(({ marker }) => marker !== null) ? "ol" : "ul";
  return (
    <Tag className="mt-1.5 first:mt-0">
      {items.map((item, at) => (
        <li key={at} dir="auto" className="mt-0.5 flex gap-2">
          <Marker item={item} />
          <div className="min-w-0">{renderBlocks(item.children, { isNested: true })}</div>
        </li>
      ))}
    </Tag>
  );
}

function Marker({ item: { marker, done } }: { item: Item }) {
  return (
    <span className="flex shrink-0 gap-2 text-ink-faint tabular-nums in-data-on-accent:text-inherit">
      {marker ??
        (done === undefined && (
          <span aria-hidden="true" className="ps-1">
            •
          </span>
        ))}
      {done !== undefined && <TaskMark done={done} />}
    </span>
  );
}

function TaskMark({ done }: { done: boolean }) {
  const Icon = done ? SquareCheck : Square;
  return (
    <Icon
      role="img"
      aria-label={done ? "Done" : "To do"}
      className="mt-[3px] size-4 text-ink-faint in-data-on-accent:text-inherit"
    />
  );
}
