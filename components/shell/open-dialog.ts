"use client";
import { createContext, useContext } from "react";

export type ChatDialog =
  | { kind: "switch" | "help"; roomId?: undefined }
  | { kind: "create" /** What it is to be called. */; name?: string; roomId?: undefined }
  | { kind: "addPeople" | "leave"; roomId: string };

/** What every dialog of the chat takes. */
export type DialogState = { open: boolean; onOpenChange: (open: boolean) => void };

export const OpenDialog = createContext<(dialog: ChatDialog) => void>(() => {});

/** Opens one of the chat's dialogs, from wherever one is. */
export const useOpenDialog = () => useContext(OpenDialog);
