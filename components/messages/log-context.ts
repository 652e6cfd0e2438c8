"use client";
import { createContext, useContext } from "react";
import type { Message } from "@/lib/contract/message";
import type { ActionName, Viewer } from "./message-actions";

/**
 * The actions that a row calls on its log. The object never changes, so that it does not cause rows to render again.
 */
export interface LogRowActions {
  act(name: ActionName, message: Message): void;
  openMenu(messageId: string | null): void;
  openHistory(messageId: string | null): void;
  openActions(message: Message): void;
  save(messageId: string, body: string, basedOn: string | null): Promise<unknown>;
  /** Closes the editor of this message. Does nothing if another message is being edited. */
  stopEditing(messageId: string): void;
  retry(messageId: string): void;
  takeBack(messageId: string): void;
  discard(messageId: string): void;
}

export const LogContext = createContext<{ viewer: Viewer; actions: LogRowActions } | null>(null);

export function useLogContext() {
  const context = useContext(LogContext);
  if (!context) throw new Error("A row stands inside a log.");
  return context;
}
