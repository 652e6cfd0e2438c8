"use client";
import { createContext, useContext } from "react";

export type ChatDialog =
  | { kind: "switch" | "help" | "signOut" | "createOrganization" | "leaveOrganization"; roomId?: undefined }
  /** `name` is the suggested name of the new room. `personIds`: the others of a conversation, for whom it is a private room. */
  | { kind: "create"; name?: string; personIds?: readonly string[]; roomId?: undefined }
  /** A new section, or the one to rename. `roomId` is put into it. */
  | { kind: "section"; sectionId?: string; roomId?: string }
  | { kind: "addPeople" | "leave" | "roomAvatar"; roomId: string };

/** The props of every dialog of the chat. */
export type DialogState = { open: boolean; onOpenChange: (open: boolean) => void };

export const OpenDialogContext = createContext<(dialog: ChatDialog) => void>(() => {});

/** Returns a function that opens one of the chat's dialogs. */
export const useOpenDialog = () => useContext(OpenDialogContext);
