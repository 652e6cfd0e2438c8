import { type Offer, offered } from "@/components/offers";
import { isKey, type Press } from "@/components/ui/keys";
import type { Message } from "@/lib/contract/message";
import {
  type MessageSubject,
  mayDeleteMessage,
  mayEditMessage,
  mayMoveMessage,
  mayPinMessage,
  mayReact,
} from "@/lib/policy/message";
import { type Asker, yes } from "@/lib/policy/decision";
import { mayPost, type MembershipSubject, type RoomSubject } from "@/lib/policy/room";
import { isPointer } from "./log-rows";

/** What the permission rules need: the person who acts (the asker), a room, and their membership in the room. */
export interface PermissionContext {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
  /** Set in the log of a thread, where replies have no threads of their own. */
  thread?: { isFollowed: boolean } | undefined;
}

export type ActionName =
  | "react"
  | "reply"
  | "thread"
  | "link"
  | "copy"
  | "pin"
  | "unpin"
  | "move"
  | "edit"
  | "history"
  | "reactions"
  | "unread"
  | "delete";
interface MessageSituation extends PermissionContext {
  message: MessageSubject & Pick<Message, "editedAt" | "movedAt" | "pinnedAt" | "reactions" | "threadId">;
}
export interface MessageAction extends Offer<MessageSituation> {
  key: ActionName;
  label: string;
  shortcut?: string;
  danger?: boolean;
}

/** Whether the log shows the text. What is done with the text of a message that was moved is offered in its thread. */
const showsText = ({ message, thread }: MessageSituation) => !isPointer(message, thread !== undefined);

/** In the order of the menu. */
export const messageActions: readonly MessageAction[] = [
  {
    key: "react",
    label: "React",
    shortcut: "+",
    fits: showsText,
    may: ({ room, membership, message }) => mayReact(room, membership, message),
  },
  {
    key: "reply",
    label: "Reply",
    shortcut: "r",
    fits: showsText,
    may: ({ asker, room, membership }) => mayPost(asker, room, membership),
  },
  {
    key: "thread",
    label: "Reply in thread",
    shortcut: "t",
    fits: ({ thread }) => !thread,
    may: ({ asker, room, membership }) => mayPost(asker, room, membership),
  },
  { key: "link", label: "Copy link", shortcut: "c", may: () => yes },
  { key: "copy", label: "Copy text", fits: showsText, may: () => yes },
  {
    key: "pin",
    label: "Pin",
    shortcut: "p",
    fits: ({ message }) => !message.pinnedAt,
    may: ({ asker, room, membership, message }) => mayPinMessage(asker, room, membership, message),
  },
  {
    key: "unpin",
    label: "Unpin",
    shortcut: "p",
    fits: ({ message }) => Boolean(message.pinnedAt),
    may: ({ asker, room, membership, message }) => mayPinMessage(asker, room, membership, message),
  },
  {
    key: "move",
    label: "Move to thread",
    fits: ({ thread, message }) => !thread && !message.threadId,
    may: ({ asker, room, membership, message }) => mayMoveMessage(asker, room, membership, message),
  },
  {
    key: "edit",
    label: "Edit",
    shortcut: "e",
    fits: showsText,
    may: ({ asker, room, membership, message }) => mayEditMessage(asker, room, membership, message),
  },
  {
    key: "history",
    label: "Earlier versions",
    fits: (situation) => situation.message.editedAt !== null && showsText(situation),
    may: () => yes,
  },
  {
    key: "reactions",
    label: "Who reacted",
    fits: ({ message }) => hasReactions(message),
    may: () => yes,
  },
  {
    key: "unread",
    label: "Mark unread from here",
    shortcut: "u",
    // Only a thread that one follows has a place up to which it is read.
    fits: ({ membership, thread }) => membership !== null && thread?.isFollowed !== false,
    may: () => yes,
  },
  {
    key: "delete",
    label: "Delete",
    shortcut: "del",
    danger: true,
    may: ({ asker, room, membership, message }) => mayDeleteMessage(asker, room, membership, message),
  },
];

export const hasReactions = ({ reactions = [] }: Pick<Message, "reactions">): boolean =>
  reactions.some(({ count }) => count > 0);

/** The actions that the asker may take on a message, in the order of the menu. */
export function actionsFor(context: PermissionContext, message: Message): MessageAction[] {
  if (message.deletedAt || message.kind === "notice") return [];
  const { asker, room, membership, thread } = context;
  return offered<MessageSituation, MessageAction>(messageActions, { asker, room, membership, thread, message });
}

/** The action whose shortcut was pressed on a focused message, or null. `allowed` are the actions on the message. */
export function actionOfShortcut(event: Press, allowed: readonly MessageAction[]): ActionName | null {
  return allowed.find(({ shortcut }) => shortcut && isKey(event, shortcut))?.key ?? null;
}
