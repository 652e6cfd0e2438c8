"use client";
import { createContext, useContext } from "react";
import type { Sought } from "@/components/shell/place";
import type { Message } from "@/lib/contract/message";
import type { Bubbles } from "./bubbles";
import type { ActionName, PermissionContext } from "./message-actions";
import { partIds } from "./message-parts";

/** The functions of the log that a row calls. The object never changes, so it never causes a row to render again. */
export interface LogRowActions {
  act(name: ActionName, message: Message): void;
  openMenu(messageId: string | null): void;
  openHistory(messageId: string | null): void;
  openActions(message: Message): void;
  /** Shows a message of somebody whom the viewer blocks. */
  showBlocked(messageId: string): void;
  save(messageId: string, body: string, basedOn: string | null): Promise<unknown>;
  /** Closes the editor of this message. Does nothing if another message is being edited. */
  stopEditing(messageId: string): void;
  retry(messageId: string): void;
  /** Removes an unsent message and puts its text into the composer. */
  returnToComposer(messageId: string): void;
  removeUnsent(messageId: string): void;
}

interface LogContextValue {
  permissionContext: PermissionContext;
  actions: LogRowActions;
  bubbles: Bubbles | null;
}

/** What the log of a thread does in another way than that of a room. Null in the log of a room. */
interface ThreadContextValue {
  /** The place of its composer, which also names its unfinished edits. */
  place: string;
  /** Marks the thread as unread from a reply on. Returns a function that takes it back. Rejects with a `CallError`. */
  markUnread(fromSeq: number): Promise<() => void>;
}
export const ThreadContext = createContext<ThreadContextValue | null>(null);

/** The element ids of the parts of a message in this log. */
export const usePartIds = (messageId: string) => partIds(messageId, useContext(ThreadContext) !== null);

/** The place of the composer of this log. */
export const useLogPlace = (roomId: string): string => useContext(ThreadContext)?.place ?? roomId;

/** As what the page's address names a message that this log shows and marks. */
export const useSoughtAs = (): Sought => (useContext(ThreadContext) ? "reply" : "message");

export const LogContext = createContext<LogContextValue | null>(null);

export function useLogContext() {
  const context = useContext(LogContext);
  if (!context) throw new Error("A row stands inside a log.");
  return context;
}
