import type { ReactNode } from "react";
import type { Message } from "@/lib/contract/message";

/** The content of a message, for a row or a bubble. */
export interface MessageContent {
  message: Message;
  authorName: string;
  /** The address of the author's picture. */
  authorPicture: string | null;
  /** The author's status, shown beside the name. */
  status?: ReactNode;
  /** Whether the message continues a group of the same author, so that the avatar and the name are not repeated. */
  grouped: boolean;
  /** Whether the message is not sent yet. Its text is grey. */
  isUnsent: boolean;
  /** Replaces the body while the message is edited. */
  editor?: ReactNode;
  /** The mark "(edited)" or "waiting", shown at the end of the text. */
  mark?: ReactNode;
  /** A note that sending the message failed, shown below the text. */
  note?: ReactNode;
  /** What is said of the message's thread, shown below it, also when it was deleted. */
  thread?: ReactNode;
}

/**
 * The element ids of a message's parts. Together they are the accessible name of its row. A reply can be on the screen twice: in the
 * room and in its thread.
 */
export const partIds = (messageId: string, isInThread: boolean) => {
  const row = `${isInThread ? "t" : "m"}-${messageId}`;
  return {
    author: `${row}-author`,
    body: `${row}-body`,
    time: `${row}-time`,
    state: `${row}-state`,
    thread: `${row}-thread`,
  };
};
