import { Copy, History, Pencil, Trash2 } from "lucide-react";
import { isKey, type Press } from "@/components/ui/keys";
import type { Message } from "@/lib/contract/message";
import { type MessageSubject, mayDeleteMessage, mayEditMessage } from "@/lib/policy/message";
import type { Asker } from "@/lib/policy/decision";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";

/** Who looks at the log of which room. */
export interface Looking {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
}

export type ActionName = "copy" | "edit" | "history" | "delete";
export interface MessageAction {
  name: ActionName;
  label: string;
  shortcut?: string;
  icon: typeof Copy;
  danger?: boolean;
}

const all: readonly MessageAction[] = [
  { name: "copy", label: "Copy text", shortcut: "c", icon: Copy },
  { name: "edit", label: "Edit", shortcut: "e", icon: Pencil },
  { name: "history", label: "Earlier versions", icon: History },
  { name: "delete", label: "Delete", shortcut: "del", icon: Trash2, danger: true },
];

/** What this person may do with a message, in the order it is offered. */
export function actionsFor({ asker, room, membership }: Looking, message: Message): MessageAction[] {
  if (message.deletedAt || message.kind === "notice") return [];
  const subject: MessageSubject = message;
  const may: Record<ActionName, boolean> = {
    copy: true,
    edit: mayEditMessage(asker, room, membership, subject).ok,
    history: message.editedAt !== null,
    delete: mayDeleteMessage(asker, room, membership, subject).ok,
  };
  return all.filter((action) => may[action.name]);
}

/** The action that a key on a focused message asks for. */
export function actionOfKey(event: Press): ActionName | null {
  return all.find(({ shortcut }) => shortcut && isKey(event, shortcut))?.name ?? null;
}
