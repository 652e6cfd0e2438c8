"use client";
import { createContext, useContext } from "react";

export type ChatDialog =
  | { kind: "switch" | "help"; roomId?: undefined }
  /** `personIds` are preselected. */
  | { kind: "newMessage"; personIds?: readonly string[]; roomId?: undefined }
  /** `name` is the suggested name of the new room. */
  | { kind: "create"; name?: string; roomId?: undefined }
  | { kind: "addPeople" | "leave" | "roomAvatar"; roomId: string };

/** The props of every dialog of the chat. */
export type DialogState = { open: boolean; onOpenChange: (open: boolean) => void };

export const OpenDialogContext = createContext<(dialog: ChatDialog) => void>(() => {});

/** Returns a function that opens one of the chat's dialogs. */
export const useOpenDialog = () => useContext(OpenDialogContext);
