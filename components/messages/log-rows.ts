import type { NoticeMessage } from "@/lib/client/log-items";
import type { LogItem } from "@/lib/client/hooks/use-log";
import type { Message } from "@/lib/contract/message";

/** A row of the log. "start" is the introduction above the room's first message. */
export type LogRowItem = LogItem | { type: "start"; key: "start" };

export function withStartRow(items: LogItem[], hasOlder: boolean): LogRowItem[] {
  return hasOlder ? items : [{ type: "start", key: "start" }, ...items];
}

export function messageOf(row: LogRowItem | undefined): Message | null {
  return row?.type === "message" ? row.message : null;
}

/** Whether the row is a message of somebody whom I block, and not shown. */
export const isCollapsed = (row: LogRowItem | undefined): boolean =>
  row?.type === "message" && "collapsed" in row && row.collapsed === true;

/** Whether a log only shows where a message stood before it was moved into a thread. The thread itself shows the message. */
export const isPointer = ({ movedAt }: Pick<Message, "movedAt">, isInThread: boolean): boolean =>
  Boolean(movedAt) && !isInThread;

/** The notices of a row, such as "Ada joined"; null if the row is an ordinary message. */
export function noticesOf(row: Extract<LogItem, { type: "message" }>): readonly NoticeMessage[] | null {
  if ("notices" in row) return row.notices;
  const { notice } = row.message;
  return notice && [{ ...row.message, notice }];
}

/** Whether the row `next` continues the group of the message before it. */
export const continuesIn = (next: LogRowItem | undefined): boolean => next?.type === "message" && next.grouped;

const charactersPerLine = 88;

/** Estimates a row's height in px, for use until it is measured. */
export function estimatedHeight(row: LogRowItem): number {
  if (row.type === "start") return 140;
  if (row.type === "date") return 38;
  if (row.type === "new") return 28;
  if (row.message.notice) return 34;
  if (isCollapsed(row)) return 46;
  const lines = row.message.body
    .split("\n")
    .reduce((sum, line) => sum + 1 + Math.floor(line.length / charactersPerLine), 0);
  const { grouped, message } = row;
  return lines * 22 + (grouped ? 4 : 37) + (message.replyToId ? 24 : 0) + (message.reactions ? 34 : 0);
}

/** Whether a row is another person's message, neither a notice nor deleted nor collapsed. */
export function isFromOthers(row: LogRowItem, meId: string): boolean {
  const message = messageOf(row);
  if (!message || isCollapsed(row)) return false;
  return message.kind !== "notice" && !message.deletedAt && message.authorId !== meId;
}
