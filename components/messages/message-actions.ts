import { Copy, History, MailOpen, MessageSquareText, Pencil, Trash2 } from "lucide-react";
import { type Offer, offered } from "@/components/offers";
import { isKey, type Press } from "@/components/ui/keys";
import type { Message } from "@/lib/contract/message";
import { type MessageSubject, mayDeleteMessage, mayEditMessage } from "@/lib/policy/message";
import { type Asker, yes } from "@/lib/policy/decision";
import { mayPost, type MembershipSubject, type RoomSubject } from "@/lib/policy/room";

/** What the permission rules need: the person who acts (the asker), a room, and their membership in the room. */
export interface PermissionContext {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
  /** Set in the log of a thread, where replies have no threads of their own. */
  thread?: { isFollowed: boolean } | undefined;
}

export type ActionName = "thread" | "copy" | "edit" | "history" | "unread" | "delete";
interface MessageSituation extends PermissionContext {
  message: MessageSubject & Pick<Message, "editedAt">;
}
export interface MessageAction extends Offer<MessageSituation> {
  key: ActionName;
  label: string;
  shortcut?: string;
  icon: typeof Copy;
  danger?: boolean;
}

/** In the order of the menu. */
export const messageActions: readonly MessageAction[] = [
  {
    key: "thread",
    label: "Reply in thread",
    shortcut: "t",
    icon: MessageSquareText,
    fits: ({ thread }) => !thread,
    may: ({ asker, room, membership }) => mayPost(asker, room, membership),
  },
  { key: "copy", label: "Copy text", shortcut: "c", icon: Copy, may: () => yes },
  {
    key: "edit",
    label: "Edit",
    shortcut: "e",
    icon: Pencil,
    may: ({ asker, room, membership, message }) => mayEditMessage(asker, room, membership, message),
  },
  {
    key: "history",
    label: "Earlier versions",
    icon: History,
    fits: ({ message }) => message.editedAt !== null,
    may: () => yes,
  },
  {
    key: "unread",
    label: "Mark unread from here",
    shortcut: "u",
    icon: MailOpen,
    // Only a thread that one follows has a place up to which it is read.
    fits: ({ membership, thread }) => membership !== null && thread?.isFollowed !== false,
    may: () => yes,
  },
  {
    key: "delete",
    label: "Delete",
    shortcut: "del",
    icon: Trash2,
    danger: true,
    may: ({ asker, room, membership, message }) => mayDeleteMessage(asker, room, membership, message),
  },
];

/** The actions that the asker may take on a message, in the order of the menu. */
export function actionsFor(context: PermissionContext, message: Message): MessageAction[] {
  if (message.deletedAt || message.kind === "notice") return [];
  const { asker, room, membership, thread } = context;
  return offered<MessageSituation, MessageAction>(messageActions, { asker, room, membership, thread, message });
}

/** The action whose shortcut was pressed on a focused message, or null. */
export function actionOfShortcut(event: Press): ActionName | null {
  return messageActions.find(({ shortcut }) => shortcut && isKey(event, shortcut))?.key ?? null;
}
