"use client";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { loadUnsent } from "@/components/people/load-unsent";
import { loadLog } from "@/components/rooms/joined-room";
import { loadEmptyRoom } from "@/components/rooms/room-start";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { focusComposer, isOverlayOpen } from "@/components/ui/return-focus";
import { touchDevice } from "./use-media";
import { type ChatDialog, type DialogState, OpenDialogContext } from "./open-dialog";

const loaders = {
  switch: () => import("@/components/rooms/switcher"),
  create: () => import("@/components/rooms/create-room-dialog"),
  help: () => import("./help-dialog"),
  addPeople: () =>
    import("@/components/people/add-people-dialog").then((code) => ({ default: code.OwnAddPeopleDialog })),
  leave: () => import("@/components/rooms/leave-dialog"),
  section: () => import("@/components/sidebar/section-dialog"),
  createOrganization: () => import("./create-organization-dialog"),
  signOut: () => import("@/components/auth/sign-out-dialog"),
  leaveOrganization: () => import("./leave-organization-dialog"),
  roomAvatar: async () => ({
    default: (await import("@/components/rooms/room-avatar-dialog")).OwnRoomAvatarDialog,
  }),
};
const preloaded = [
  ...Object.values(loaders),
  () => import("@/components/ui/menu-parts"),
  () => import("@/components/ui/popover-panel"),
  () => import("@/components/invites/invite-panel"),
  loadLog,
  () => import("@/components/messages/earlier-versions"),
  () => import("@/components/messages/message-toolbar"),
  () => import("@/components/pins/change-pin"),
  () => import("@/components/messages/edit-message"),
  () => import("@/components/messages/delete-dialog"),
  () => import("@/components/messages/actions-sheet"),
  loadEmptyRoom,
  () => import("@/components/rooms/room-panel"),
  () => import("@/components/threads/thread-note"),
  () => import("@/components/threads/thread-panel"),
  () => import("@/components/threads/threads-screen"),
  () => import("@/components/composer/unfinished-edits"),
  () => import("@/components/composer/other-versions"),
  () => import("@/components/composer/confirm-mention"),
  () => import("@/components/composer/mention-notes"),
  () => import("@/components/markdown/mention"),
  () => import("@/components/composer/suggestions"),
  () => import("@/components/composer/sign-buttons"),
  () => import("@/components/composer/guests"),
  () => import("@/lib/client/names"),
  () => import("@/components/drafts/drafts-link"),
  () => import("@/components/drafts/drafts-screen"),
  () => import("@/components/sidebar/unread-only"),
  () => import("@/components/rooms/browse-screen"),
  () => import("@/components/people/directory-screen"),
  () => import("@/components/people/new-message-screen"),
  loadUnsent,
  () => import("@/components/sidebar/menus"),
  () => import("@/components/profile/profile-panel"),
  () => import("@/components/room-invites/invites-screen"),
  () => import("@/components/rooms/preview-room"),
];

const Switcher = dialogOnDemand(loaders.switch);
const CreateRoomDialog = dialogOnDemand(loaders.create);
const HelpDialog = dialogOnDemand(loaders.help);
const AddPeopleDialog = dialogOnDemand(loaders.addPeople);
const RoomAvatarDialog = dialogOnDemand(loaders.roomAvatar);
const SectionDialog = dialogOnDemand(loaders.section);
const LeaveDialog = dialogOnDemand(loaders.leave);
const CreateOrganizationDialog = dialogOnDemand(loaders.createOrganization);
const SignOutDialog = dialogOnDemand(loaders.signOut);
const LeaveOrganizationDialog = dialogOnDemand(loaders.leaveOrganization);

/** Renders the open dialog, of which there is at most one. Three seconds after the first paint, prefetches lazily loaded code. */
export function Dialogs({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<ChatDialog>();
  // A new key at each opening resets the dialog's state.
  const [dialogKey, setDialogKey] = useState(0);
  const [open, setOpen] = useState(false);
  const openedAtPath = useRef("");
  const openDialog = useCallback((next: ChatDialog) => {
    openedAtPath.current = location.pathname;
    setDialog(next);
    setDialogKey((last) => last + 1);
    setOpen(true);
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => {
      // The browser's timeline says when all of it has arrived.
      void Promise.allSettled(preloaded.map((load) => load())).then(() => performance.mark("parley:fetched-ahead"));
    }, 3000);
    return () => clearTimeout(timer);
  }, []);

  function onOpenChange(next: boolean) {
    setOpen(next);
    if (!next && location.pathname !== openedAtPath.current && !matchMedia(touchDevice).matches)
      setTimeout(() => isOverlayOpen() || focusComposer(), closeAnimationMs);
  }

  const state: DialogState = { open, onOpenChange };
  return (
    <OpenDialogContext value={openDialog}>
      {children}
      {dialog?.kind === "switch" && <Switcher key={dialogKey} {...state} />}
      {dialog?.kind === "create" && (
        <CreateRoomDialog key={dialogKey} {...state} name={dialog.name} personIds={dialog.personIds} />
      )}
      {dialog?.kind === "help" && <HelpDialog key={dialogKey} {...state} />}
      {dialog?.kind === "addPeople" && <AddPeopleDialog key={dialogKey} {...state} roomId={dialog.roomId} />}
      {dialog?.kind === "roomAvatar" && <RoomAvatarDialog key={dialogKey} {...state} roomId={dialog.roomId} />}
      {dialog?.kind === "section" && (
        <SectionDialog key={dialogKey} {...state} sectionId={dialog.sectionId} roomId={dialog.roomId} />
      )}
      {dialog?.kind === "createOrganization" && <CreateOrganizationDialog key={dialogKey} {...state} />}
      {dialog?.kind === "signOut" && <SignOutDialog key={dialogKey} {...state} />}
      {dialog?.kind === "leaveOrganization" && <LeaveOrganizationDialog key={dialogKey} {...state} />}
      {dialog?.kind === "leave" && <LeaveDialog key={dialogKey} {...state} roomId={dialog.roomId} />}
    </OpenDialogContext>
  );
}

const closeAnimationMs = 250;
