"use client";
import { createContext, useContext } from "react";
import type { Message } from "@/lib/contract/message";
import type { ActionName, Looking } from "./message-actions";

/** What a row of a log may ask of the log it stands in. Stays the same object, so that rows are not drawn again. */
export interface LogRowActions {
  act(name: ActionName, message: Message): void;
  menu(messageId: string | null): void;
  history(messageId: string | null): void;
  press(message: Message): void;
  save(messageId: string, body: string, basedOn: string | null): Promise<unknown>;
  /** Ends the editing of this message, unless another one is being edited by now. */
  stopEditing(messageId: string): void;
  retry(messageId: string): void;
  takeBack(messageId: string): void;
  discard(messageId: string): void;
}

export const LogContext = createContext<{ looking: Looking; actions: LogRowActions } | null>(null);

export function useLogContext() {
  const context = useContext(LogContext);
  if (!context) throw new Error("A row stands inside a log.");
  return context;
}
