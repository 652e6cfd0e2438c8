"use client";
import { Dialog } from "@/components/ui/dialog";
import { cn } from "@/components/ui/cn";
import { ActionIcon } from "./action-icon";
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
    <Dialog open={open} onOpenChange={onOpenChange} title="Message actions" hideTitle>
      <ul className="-mx-3 -mb-2">
        {actions.map(({ key: name, label, danger }) => (
          <li key={name}>
            <button
              type="button"
              className={cn(
                "flex h-12 w-full items-center gap-3.5 rounded-control px-3 text-md hover:bg-hover",
                danger ? "text-danger-ink" : "[&>svg]:text-ink-faint",
              )}
              onClick={() => {
                onOpenChange(false);
                onAction(name);
              }}
            >
              <ActionIcon name={name} className="size-5" />
              {label}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
