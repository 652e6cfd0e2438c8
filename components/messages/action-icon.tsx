import {
  Copy,
  History,
  Link,
  ListIndentIncrease,
  MailOpen,
  MessageSquareText,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Trash2,
  UsersRound,
} from "lucide-react";
import type { ActionName } from "./message-actions";

const icons: Readonly<Record<ActionName, typeof Copy>> = {
  react: SmilePlus,
  reply: Reply,
  thread: MessageSquareText,
  link: Link,
  copy: Copy,
  pin: Pin,
  unpin: PinOff,
  move: ListIndentIncrease,
  edit: Pencil,
  history: History,
  reactions: UsersRound,
  unread: MailOpen,
  delete: Trash2,
};

/** The icon of an action on a message. Not in `message-actions.ts`, which the page needs before it shows any of them. */
export function ActionIcon({ name, className }: { name: ActionName; className?: string }) {
  const Icon = icons[name];
  return <Icon aria-hidden className={className} />;
}
