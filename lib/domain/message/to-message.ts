import { limits } from "@/lib/contract/limits";
import { Message } from "@/lib/contract/message";
import { declareRowKind } from "@/lib/domain/row-kind";

const kind = `m.kind::text`;
/** Reactions are rows of their own. Only pages count them (`reactionsFor`). `isForMe` depends on the reader (`forReader`). */
const Row = Message.omit({ reactions: true, isForMe: true });
const messageKind = declareRowKind(Row, "m", { kind, body: `coalesce(m.body, '')` }, { body: "", alsoInRoom: false });

/** SQL: the columns of message `m` that clients receive, and the table columns behind them. */
export const { columns: messageColumns, stored: storedMessageColumns } = messageKind;
/** SQL: the same columns, with the body shortened for the sidebar. */
export const { columns: previewColumns } = declareRowKind(Row, "m", {
  kind,
  body: `left(coalesce(m.body, ''), ${limits.preview})`,
});
export const { fromRow: toMessage, fromJson: parseMessageJson } = messageKind;

/** A row of `messageColumns`. */
export type MessageRow = Record<keyof Omit<Message, "reactions" | "isForMe">, unknown>;

type Sent = Pick<
  Message,
  "id" | "roomId" | "authorId" | "body" | "replyToId" | "mentions" | "threadId" | "alsoInRoom" | "seq" | "createdAt"
>;
const blank = toMessage({} as MessageRow);

/** A message that a person has just sent. Fields about later changes are null. */
export function newMessage(sent: Sent): Message {
  return { ...blank, kind: "person", changedSeq: sent.seq, ...sent };
}
