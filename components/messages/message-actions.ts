import { Copy, History, MailOpen, Pencil, SmilePlus, Trash2, UsersRound } from "lucide-react";
import { type Offer, offered } from "@/components/offers";
import { isKey, type Press } from "@/components/ui/keys";
import type { Message } from "@/lib/contract/message";
import { type MessageSubject, mayDeleteMessage, mayEditMessage, mayReact } from "@/lib/policy/message";
import { type Asker, yes } from "@/lib/policy/decision";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";

/** What the permission rules need: the person who acts (the asker), a room, and their membership in the room. */
export interface PermissionContext {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
}

export type ActionName = "react" | "reactions" | "copy" | "edit" | "history" | "unread" | "delete";
interface MessageSituation extends PermissionContext {
  message: MessageSubject & Pick<Message, "editedAt" | "reactions">;
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
    key: "react",
    label: "React",
    shortcut: "+",
    icon: SmilePlus,
    may: ({ room, membership, message }) => mayReact(room, membership, message),
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
    key: "reactions",
    label: "Who reacted",
    icon: UsersRound,
    fits: ({ message }) => hasReactions(message),
    may: () => yes,
  },
  {
    key: "unread",
    label: "Mark unread from here",
    shortcut: "u",
    icon: MailOpen,
    fits: ({ membership }) => membership !== null,
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

export const hasReactions = ({ reactions = [] }: Pick<Message, "reactions">): boolean =>
  reactions.some(({ count }) => count > 0);

/** The actions that the asker may take on a message, in the order of the menu. */
export function actionsFor({ asker, room, membership }: PermissionContext, message: Message): MessageAction[] {
  if (message.deletedAt || message.kind === "notice") return [];
  return offered<MessageSituation, MessageAction>(messageActions, { asker, room, membership, message });
}

/** The action whose shortcut was pressed on a focused message, or null. */
export function actionOfShortcut(event: Press): ActionName | null {
  return messageActions.find(({ shortcut }) => shortcut && isKey(event, shortcut))?.key ?? null;
}
