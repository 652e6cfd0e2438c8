import { Copy, History, Link, MailOpen, Pencil, Pin, PinOff, Reply, Trash2 } from "lucide-react";
import type { ActionName } from "./message-actions";

const icons: Readonly<Record<ActionName, typeof Copy>> = {
  reply: Reply,
  link: Link,
  copy: Copy,
  pin: Pin,
  unpin: PinOff,
  edit: Pencil,
  history: History,
  unread: MailOpen,
  delete: Trash2,
};

/** The icon of an action on a message. Not in `message-actions.ts`, which the page needs before it shows any of them. */
export function ActionIcon({ name, className }: { name: ActionName; className?: string }) {
  const Icon = icons[name];
  return <Icon aria-hidden className={className} />;
}
