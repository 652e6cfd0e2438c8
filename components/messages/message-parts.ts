import type { ReactNode } from "react";
import type { Message } from "@/lib/contract/message";

/** What is shown of a message, as a row or as a bubble. */
export interface MessageContent {
  message: Message;
  authorName: string;
  /** The address of the author's picture. */
  authorPicture: string | null;
  /** The author's status, for beside the name. */
  status?: ReactNode;
  /** Whether the message continues a group of the same author, so that the avatar and the name are not repeated. */
  grouped: boolean;
  /** Whether the message is not sent yet. Its text is grey. */
  isUnsent: boolean;
  /** Replaces the body while the message is edited. */
  editor?: ReactNode;
  /** Shown at the end of the text: the message was edited, or waits to be sent. */
  mark?: ReactNode;
  /** Shown below the text: sending the message failed. */
  note?: ReactNode;
}

/** The element ids of a message's parts. Together they are the accessible name of its row. */
export const partIds = (messageId: string) => ({
  author: `m-${messageId}-author`,
  body: `m-${messageId}-body`,
  time: `m-${messageId}-time`,
  state: `m-${messageId}-state`,
});
