"use client";
import { Dialog } from "@/components/ui/dialog";
import { SheetRow } from "@/components/ui/sheet-row";
import QuickReactions from "@/components/reactions/quick-reactions";
import type { Message } from "@/lib/contract/message";
import { ActionIcon } from "./action-icon";
import type { ActionName, MessageAction } from "./message-actions";

type ActionsSheetProps = {
  message: Message;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actions: readonly MessageAction[];
  onAction: (name: ActionName) => void;
};

const quickCount = 5;

/** The actions of a message, opened by a long press. For touch screens, which have no toolbar. */
export default function ActionsSheet({ open, onOpenChange, message, actions, onAction }: ActionsSheetProps) {
  const react = actions.find(({ key }) => key === "react");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Message actions" hideHeader>
      {react && (
        <div role="group" aria-label="Reactions" className="mb-2 flex justify-between">
          <QuickReactions message={message} count={quickCount} isLarge onDone={() => onOpenChange(false)} />
          <button
            type="button"
            aria-label={react.label}
            className="inline-flex size-12 flex-none items-center justify-center rounded-full bg-hover text-ink-soft hover:bg-press"
            onClick={() => {
              onOpenChange(false);
              onAction("react");
            }}
          >
            <ActionIcon name="react" className="size-5" />
          </button>
        </div>
      )}
      <ul className="-mx-3 -mb-2">
        {actions
          .filter((action) => action !== react)
          .map(({ key: name, label, danger }) => (
            <li key={name}>
              <SheetRow
                icon={<ActionIcon name={name} />}
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
