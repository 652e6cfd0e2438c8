"use client";
import { Dialog } from "@/components/ui/dialog";
import { SheetRow } from "@/components/ui/sheet-row";
import type { ActionName, MessageAction } from "./message-actions";

type ActionsSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actions: readonly MessageAction[];
  onAction: (name: ActionName) => void;
};

/** The actions of a message, opened by a long press. For touch screens, which have no toolbar. */
export default function ActionsSheet({ open, onOpenChange, actions, onAction }: ActionsSheetProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Message actions" hideHeader>
      <ul className="-mx-3 -mb-2">
        {actions.map(({ key: name, label, icon: Icon, danger }) => (
          <li key={name}>
            <SheetRow
              icon={<Icon aria-hidden />}
              danger={danger ?? false}
              onClick={() => {
                onOpenChange(false);
                onAction(name);
              }}
            >
              {label}
            </SheetRow>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
