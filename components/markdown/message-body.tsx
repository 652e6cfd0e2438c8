import { Square, SquareCheck } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { Block, Item } from "@/lib/contract/markdown/tree";
import { typed } from "@/lib/contract/markdown/typed";
import { breakable } from "./breakable";
import { CodeBlock } from "./code-block";
import { inlines } from "./inlines";
import { useParser } from "./parser";
import { Table } from "./table";

type MessageBodyProps = {
  body: string;
  /** On an own bubble: links and code take its colours. */
  onAccent?: boolean;
  /** Behind the last line, on it: "(edited)". */
  after?: ReactNode;
  className?: string;
};

/** What a message says. Elements only, never a string of HTML. */
export function MessageBody({ body, onAccent, after, className }: MessageBodyProps) {
  const read = useParser() ?? typed;
  const { blocks, big } = useMemo(() => read(body), [read, body]);
  return (
    <div
      data-on-accent={onAccent ? "" : undefined}
      className={cn("min-w-0 text-pretty wrap-anywhere", big && "text-big leading-[1.15] tracking-[2px]", className)}
    >
      {blocksOf(blocks, after)}
    </div>
  );
}

function blocksOf(blocks: readonly Block[], after?: ReactNode): ReactNode {
  const last = blocks.at(-1)?.type;
  const inline = last === "paragraph" || last === "typed";
  return (
    <>
      {blocks.map((block, at) => (
        <One key={at} block={block} after={inline && at === blocks.length - 1 ? after : undefined} />
      ))}
      {!inline && after}
    </>
  );
}

function One({ block, after }: { block: Block; after?: ReactNode }): ReactNode {
  switch (block.type) {
    case "paragraph":
      return (
        <p dir="auto" className="mt-1.5 first:mt-0">
          {inlines(block.children)}
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
      // Not a heading of the page: its outline is ours, not everybody's.
      return (
        <p dir="auto" className={cn("mt-2 font-semibold tracking-name first:mt-0", block.level < 3 && "text-lg")}>
          {inlines(block.children)}
        </p>
      );
    case "quote":
      return (
        <blockquote
          dir="auto"
          className="mt-1.5 border-s-3 border-line-strong ps-2.5 text-ink-soft first:mt-0 in-data-on-accent:border-on-accent/60 in-data-on-accent:text-on-accent-soft"
        >
          {blocksOf(block.children)}
        </blockquote>
      );
    case "list":
      return <List items={block.items} start={block.start} />;
    case "code":
      return <CodeBlock text={block.text} label={block.label} language={block.language} />;
    case "table":
      return <Table {...block} />;
    case "rule":
      return <hr className="my-2 in-data-on-accent:border-on-accent/40" />;
  }
}

function List({ items, start }: { items: readonly Item[]; start?: number }) {
  const Tag = start === undefined ? "ul" : "ol";
  const tasks = items.some((item) => item.done !== undefined);
  return (
    <Tag
      start={start === 1 ? undefined : start}
      className={cn(
        "mt-1.5 marker:text-ink-faint first:mt-0 in-data-on-accent:marker:text-inherit",
        Tag === "ol" ? "list-decimal marker:tabular-nums" : !tasks && "list-disc",
        tasks ? "ps-0" : Tag === "ol" ? "ps-6" : "ps-[18px]",
      )}
    >
      {items.map((item, at) => (
        <li key={at} dir="auto" className={cn("mt-0.5", item.done !== undefined && "flex gap-2")}>
          {item.done !== undefined && <TaskMark done={item.done} />}
          <div className="min-w-0">{blocksOf(item.children)}</div>
        </li>
      ))}
    </Tag>
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
