"use client";
import { dialogOnDemand } from "@/components/ui/on-demand";
import type { Message } from "@/lib/contract/message";
import type { LogRowActions } from "./log-context";
import { type LogRowItem, messageOf } from "./log-rows";
import { actionsFor, type PermissionContext } from "./message-actions";
import type { OpenState } from "./use-log-actions";

const DeleteDialog = dialogOnDemand(() => import("./delete-dialog"));
const MoveDialog = dialogOnDemand(() => import("@/components/threads/move-dialog"));
const ActionsSheet = dialogOnDemand(() => import("./actions-sheet"));
const ReactionPicker = dialogOnDemand(() => import("@/components/reactions/reaction-picker"));
const WhoReacted = dialogOnDemand(() => import("@/components/reactions/who-reacted"));

type LogDialogsProps = {
  openState: OpenState;
  actions: LogRowActions;
  /** Closes the dialog about this part of the state. */
  close: (part: keyof OpenState) => void;
  rows: readonly LogRowItem[];
  permissionContext: PermissionContext;
  otherPeopleCount: number;
  onDelete: (message: Message) => Promise<unknown>;
};

/** The dialogs about one message of a log, each while it is open. */
export function LogDialogs({ openState, actions, close, rows, permissionContext, ...deletion }: LogDialogsProps) {
  const { deleting, moving, actionsOf, picking, reactionsOf } = openState;
  // The current state of the message, so that the counts stay true.
  const reactedTo = reactionsOf && messageOf(rows.find(({ key }) => key === reactionsOf));
  return (
    <>
      {deleting && (
        <DeleteDialog
          open
          otherPeopleCount={deletion.otherPeopleCount}
          onOpenChange={() => close("deleting")}
          onConfirm={() => deletion.onDelete(deleting)}
        />
      )}
      {actionsOf && (
        <ActionsSheet
          open
          onOpenChange={() => close("actionsOf")}
          message={actionsOf}
          actions={actionsFor(permissionContext, actionsOf)}
          onAction={(name) => actions.act(name, actionsOf)}
        />
      )}
      {moving && <MoveDialog open onOpenChange={() => close("moving")} message={moving} rows={rows} />}
      {picking && <ReactionPicker open onOpenChange={() => close("picking")} messageId={picking} />}
      {reactedTo && <WhoReacted open onOpenChange={() => close("reactionsOf")} message={reactedTo} />}
    </>
  );
}
