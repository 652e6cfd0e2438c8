"use client";
import { Ellipsis } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { ActionName, MessageAction } from "./message-actions";
import { useKeepToolbarVisible } from "./use-toolbar-place";

type ToolbarProps = {
  actions: readonly MessageAction[];
  menuOpen: boolean;
  onMenuOpenChange: (open: boolean) => void;
  onAction: (name: ActionName) => void;
};

/** Shown above the end of a message that is under the pointer or has the focus. */
export function MessageToolbar({ actions, menuOpen, onMenuOpenChange, onAction }: ToolbarProps) {
  const toolbarRef = useKeepToolbarVisible();
  const directActions = actions.filter((action) => action.key === "thread" || action.key === "edit");
  return (
    <div
      ref={toolbarRef}
      role="toolbar"
      aria-label="Message actions"
      className="absolute -top-[18px] end-5 z-10 flex items-center rounded-toolbar bg-surface-raised p-0.5 shadow-popover max-md:hidden"
    >
      {directActions.map(({ key: name, label, shortcut, icon: Icon }) => (
        <IconButton
          key={name}
          label={label}
          shortcut={shortcut}
          tabIndex={-1}
          size="toolbar"
          onClick={() => onAction(name)}
        >
          <Icon aria-hidden />
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
        {actions.map(({ key: name, label, shortcut, icon: Icon, danger }) => (
          <div key={name} role="none">
            {danger && actions.length > 1 && <MenuSeparator />}
            <MenuItem icon={<Icon aria-hidden />} shortcut={shortcut} danger={danger} onSelect={() => onAction(name)}>
              {label}
            </MenuItem>
          </div>
        ))}
      </Menu>
    </div>
  );
}
