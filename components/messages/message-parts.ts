import type { ReactNode } from "react";
import type { Message } from "@/lib/contract/message";

/** The content of a message, for a row or a bubble. */
export interface MessageContent {
  message: Message;
  authorName: string;
  /** The address of the author's picture. */
  authorPicture: string | null;
  /** Whether the author's account is deactivated. Their picture is grey then. */
  isAuthorDeactivated: boolean;
  /** The author's status, shown beside the name. */
  status?: ReactNode;
  /** Whether the message continues a group of the same author, so that the avatar and the name are not repeated. */
  grouped: boolean;
  /** Whether the message is not sent yet. Its text is grey. */
  isUnsent: boolean;
  /** Whether the row only shows where the message stood before it was moved into a thread. */
  isPointer: boolean;
  /** Replaces the body while the message is edited. */
  editor?: ReactNode;
  /** The marks "(edited)" and "(pinned)", or "waiting", shown at the end of the text. */
  mark?: ReactNode;
  /** What the message quotes, shown above the text. */
  quote?: ReactNode;
  /** Shown below the text: a note that sending the message failed, and the messages that it has links to. */
  note?: ReactNode;
  /** The reactions, shown below the text. */
  reactions?: ReactNode;
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
    quote: `${row}-quote`,
    body: `${row}-body`,
    time: `${row}-time`,
    state: `${row}-state`,
    reactions: `${row}-reactions`,
    thread: `${row}-thread`,
  };
};
