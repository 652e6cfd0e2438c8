"use client";
import { Ellipsis } from "lucide-react";
import QuickReactions from "@/components/reactions/quick-reactions";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { Message } from "@/lib/contract/message";
import { ActionIcon } from "./action-icon";
import type { ActionName, MessageAction } from "./message-actions";
import { useKeepToolbarVisible } from "./use-toolbar-place";

const quickCount = 3;

type ToolbarProps = {
  message: Message;
  actions: readonly MessageAction[];
  menuOpen: boolean;
  onMenuOpenChange: (open: boolean) => void;
  onAction: (name: ActionName) => void;
};

/** Shown above the end of a message that is under the pointer or has the focus. */
export default function MessageToolbar({ message, actions, menuOpen, onMenuOpenChange, onAction }: ToolbarProps) {
  const toolbarRef = useKeepToolbarVisible();
  const directActions = actions.filter(({ key }) => ["react", "reply", "thread", "edit"].includes(key));
  return (
    <div
      ref={toolbarRef}
      role="toolbar"
      aria-label="Message actions"
      className="absolute -top-[18px] end-5 z-10 flex items-center rounded-toolbar bg-surface-raised p-0.5 shadow-popover max-md:hidden"
    >
      {actions.some(({ key }) => key === "react") && (
        <div className="flex w-[94px] items-center gap-px border-e pe-0.5 @max-[900px]:hidden">
          <QuickReactions message={message} count={quickCount} />
        </div>
      )}
      {directActions.map(({ key: name, label, shortcut }) => (
        <IconButton
          key={name}
          label={label}
          shortcut={shortcut}
          tabIndex={-1}
          size="toolbar"
          onClick={() => onAction(name)}
        >
          <ActionIcon name={name} />
        </IconButton>
      ))}
      <Menu
        align="end"
        open={menuOpen}
        onOpenChange={onMenuOpenChange}
        trigger={
          <IconButton
            label="More"
            tooltip={false}
            tabIndex={-1}
            size="toolbar"
            // The button gets the focus only when its menu closes. Move the focus on to the message, where the arrow keys work.
            onFocus={(event) => event.currentTarget.closest("article")?.focus({ preventScroll: true })}
          >
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {actions.map(({ key: name, label, shortcut, danger }) => (
          <div key={name} role="none">
            {danger && actions.length > 1 && <MenuSeparator />}
            <MenuItem
              icon={<ActionIcon name={name} />}
              shortcut={shortcut}
              danger={danger}
              onSelect={() => onAction(name)}
            >
              {label}
            </MenuItem>
          </div>
        ))}
      </Menu>
    </div>
  );
}
