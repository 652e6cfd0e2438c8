import type { ReadMention } from "@/lib/contract/markdown/mentions";
import { shownText } from "@/lib/contract/markdown/shown-text";
import type { Body } from "@/lib/contract/markdown/tree";
import { mentionReader } from "@/lib/client/mention-reader";
import type { Now } from "@/lib/client/now";
import type { Message } from "@/lib/contract/message";
import type { NoticeMessage } from "@/lib/client/log-items";
import { blockedWords } from "./blocked-words";
import { isCollapsed, type LogRowItem, noticesOf } from "./log-rows";
import { allNoticeWords } from "./room-change-words";
import { clockTime, longDate } from "./times";

/** A row to copy. `selectedText` is set if only a part of the row's text is selected. */
export interface CopiedRow {
  row: LogRowItem;
  /** Whether the row only shows where a message stood before it was moved into a thread. */
  isPointer?: boolean | undefined;
  selectedText?: string | undefined;
}

type TextRow = Extract<LogRowItem, { type: "date" | "message" }>;
type Words = {
  nameOf: (personId: string) => string;
  /** The name of a person or a group, but null for one that the viewer does not know. */
  knownNameOf: (id: string) => string | null;
  parse: (body: string, readMention: ReadMention | null) => Body;
  now: Now;
};

/** The text for the clipboard. It contains the days, and the author and time above each group of messages. */
export function copiedText(rows: readonly CopiedRow[], words: Words): string {
  let text = "";
  for (const { row, isPointer, selectedText } of rows) {
    if (row.type === "start" || row.type === "new") continue;
    const continues = row.type === "message" && row.grouped && text !== "";
    text +=
      (text === "" ? "" : continues ? "\n" : "\n\n") +
      rowText(row, continues, isPointer ? "Moved to a thread" : selectedText, words);
  }
  return text;
}

function rowText(row: TextRow, continues: boolean, shown: string | undefined, words: Words): string {
  if (row.type === "date") return longDate(new Date(`${row.day}T12:00`), words.now);
  const { message } = row;
  if (isCollapsed(row)) return `${blockedWords}, ${timeOf(message, words)}`;
  const notices = noticesOf(row);
  if (notices) return `${noticeText(notices, words)}, ${timeOf(message, words)}`;
  const text = shown ?? (message.deletedAt ? "This message was deleted" : textOf(message, words));
  return continues ? text : `${authorOf(message, words)}, ${timeOf(message, words)}\n${text}`;
}

const textOf = ({ body, mentions }: Message, { parse, knownNameOf }: Words) =>
  shownText(parse(body, mentionReader(mentions, knownNameOf)));
const timeOf = ({ createdAt }: Message, { now }: Words) => clockTime(new Date(createdAt), now);
const authorOf = ({ authorId }: Message, { nameOf }: Words) => (authorId ? nameOf(authorId) : "Someone");

function noticeText(notices: readonly NoticeMessage[], { nameOf }: Words): string {
  return allNoticeWords(notices, nameOf)
    .map((piece) => ("name" in piece ? piece.name : piece.text))
    .join("");
}
