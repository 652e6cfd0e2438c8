"use client";
import { useId, useState } from "react";
import { phone, useMedia } from "@/components/shell/use-media";
import { Dialog } from "@/components/ui/dialog";
import { Panel } from "@/components/ui/popover-panel";
import { elementOutsideMenus } from "@/components/ui/return-focus";
import { EmojiGrid } from "./emoji-grid";
import { useReact } from "./use-react";

type ReactionPickerProps = { open: boolean; onOpenChange: (open: boolean) => void; messageId: string };

/** The picker for a reaction to a message: beside the message, on a phone a sheet. */
export default function ReactionPicker({ open, onOpenChange, messageId }: ReactionPickerProps) {
  const id = useId();
  const isPhone = useMedia(phone);
  const react = useReact(messageId);
  // A reply can be on the screen twice. The picker opens beside the row that has the focus.
  const [row] = useState(() => {
    const selector = `[data-row="${CSS.escape(messageId)}"]`;
    const focused = elementOutsideMenus(document.activeElement)?.closest<HTMLElement>(selector);
    return {
      get current() {
        return focused?.isConnected ? focused : document.querySelector<HTMLElement>(selector);
      },
    };
  });
  const grid = (
    <EmojiGrid
      onChoose={(emoji) => {
        onOpenChange(false);
        react(emoji, true);
      }}
    />
  );
  if (isPhone)
    return (
      <Dialog open={open} onOpenChange={onOpenChange} title="React" hideHeader>
        <div className="-mx-4 -mb-3">{grid}</div>
      </Dialog>
    );
  return (
    <Panel id={id} label="React" button={row} open={open} onOpenChange={onOpenChange} align="end" className="w-[336px]">
      {grid}
    </Panel>
  );
}
