import { Copy, History, MailOpen, Pencil, Trash2 } from "lucide-react";
import { isKey, type Press } from "@/components/ui/keys";
import type { Message } from "@/lib/contract/message";
import { type MessageSubject, mayDeleteMessage, mayEditMessage } from "@/lib/policy/message";
import type { Asker } from "@/lib/policy/decision";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";

/** The person who asks to act (the asker), a room, and their membership in it. The permission rules need these. */
export interface PermissionContext {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
}

export type ActionName = "copy" | "edit" | "history" | "unread" | "delete";
export interface MessageAction {
  name: ActionName;
  label: string;
  shortcut?: string;
  icon: typeof Copy;
  danger?: boolean;
}

const messageActions: readonly MessageAction[] = [
  { name: "copy", label: "Copy text", shortcut: "c", icon: Copy },
  { name: "edit", label: "Edit", shortcut: "e", icon: Pencil },
  { name: "history", label: "Earlier versions", icon: History },
  { name: "unread", label: "Mark unread from here", shortcut: "u", icon: MailOpen },
  { name: "delete", label: "Delete", shortcut: "del", icon: Trash2, danger: true },
];

/** The actions that the asker may take on a message, in the order of the menu. */
export function actionsFor({ asker, room, membership }: PermissionContext, message: Message): MessageAction[] {
  if (message.deletedAt || message.kind === "notice") return [];
  const subject: MessageSubject = message;
  const isAllowed: Record<ActionName, boolean> = {
    copy: true,
    edit: mayEditMessage(asker, room, membership, subject).ok,
    history: message.editedAt !== null,
    unread: membership !== null,
    delete: mayDeleteMessage(asker, room, membership, subject).ok,
  };
  return messageActions.filter((action) => isAllowed[action.name]);
}

/** The action whose shortcut was pressed on a focused message, or null. */
export function actionOfShortcut(event: Press): ActionName | null {
  return messageActions.find(({ shortcut }) => shortcut && isKey(event, shortcut))?.name ?? null;
}
