"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

const loaders = {
  switch: () => import("@/components/rooms/switcher"),
  create: () => import("@/components/rooms/create-room-dialog"),
  help: () => import("./help-dialog"),
  addPeople: () => import("@/components/people/add-people-dialog"),
  leave: () => import("@/components/rooms/leave-dialog"),
};

const Switcher = dynamic(loaders.switch, { ssr: false });
const CreateRoomDialog = dynamic(loaders.create, { ssr: false });
const HelpDialog = dynamic(loaders.help, { ssr: false });
const AddPeopleDialog = dynamic(loaders.addPeople, { ssr: false });
const LeaveDialog = dynamic(loaders.leave, { ssr: false });

export type ChatDialog =
  | { kind: "switch" | "create" | "help"; roomId?: undefined }
  | { kind: "addPeople" | "leave"; roomId: string };

/** What every dialog of the chat takes. */
export type DialogState = { open: boolean; onOpenChange: (open: boolean) => void };

const OpenDialog = createContext<(dialog: ChatDialog) => void>(() => {});

/** Opens one of the chat's dialogs, from wherever one is. */
export const useOpenDialog = () => useContext(OpenDialog);

/** Holds the one dialog that may be open, and fetches them all once the page has come to rest. */
export function Dialogs({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<ChatDialog>();
  const [open, setOpen] = useState(false);
  const show = useCallback((next: ChatDialog) => {
    setDialog(next);
    setOpen(true);
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of Object.values(loaders)) void load();
    }, 3000);
    return () => clearTimeout(timer);
  }, []);

  const state: DialogState = { open, onOpenChange: setOpen };
  return (
    <OpenDialog value={show}>
      {children}
      {dialog?.kind === "switch" && <Switcher {...state} />}
      {dialog?.kind === "create" && <CreateRoomDialog {...state} />}
      {dialog?.kind === "help" && <HelpDialog {...state} />}
      {dialog?.kind === "addPeople" && <AddPeopleDialog {...state} roomId={dialog.roomId} />}
      {dialog?.kind === "leave" && <LeaveDialog {...state} roomId={dialog.roomId} />}
    </OpenDialog>
  );
}
