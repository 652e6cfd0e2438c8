"use client";
import { AtSign, Hash, Smile, UsersRound } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { flushSync } from "react-dom";
import { EmojiGridOnDemand } from "@/components/reactions/emoji-grid-on-demand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SheetRow } from "@/components/ui/sheet-row";
import { formats } from "./format-bar";
import { applyFormat } from "./format";
import { typeAtCaret, typeSign } from "./type-sign";

type Write = (change: (field: HTMLTextAreaElement) => void) => void;

type WritingSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  audience?: ReactNode;
};

/** What a phone adds to a message: formatting, mentions, rooms and emoji. Also says who can read the message. */
export default function WritingSheet({ open, onOpenChange, fieldRef, audience }: WritingSheetProps) {
  const write: Write = (change) => {
    // First, because an open dialog would take the focus back from the field.
    flushSync(() => onOpenChange(false));
    if (fieldRef.current) change(fieldRef.current);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add to message" hideHeader>
      <Tools audience={audience} write={write} />
    </Dialog>
  );
}

function Tools({ audience, write }: { audience: ReactNode; write: Write }) {
  const [showsEmoji, setShowsEmoji] = useState(false);
  if (showsEmoji)
    return (
      <div className="-mx-4 -mb-3">
        <EmojiGridOnDemand onChoose={(emoji) => write((field) => typeAtCaret(field, emoji))} />
      </div>
    );
  return (
    <>
      {audience && (
        <p className="mb-3 flex items-center gap-2 text-sm text-ink-soft">
          <UsersRound aria-hidden className="size-4 flex-none text-ink-faint" />
          <span>
            <span className="text-ink-faint">Who can read this:</span> {audience}
          </span>
        </p>
      )}
      <div role="group" aria-label="Formatting" className="mb-2 grid auto-cols-fr grid-flow-col gap-2">
        {formats.map(({ label, icon: Icon, change }) => (
          <Button key={label} variant="soft" size="tile" onClick={() => write((field) => applyFormat(field, change))}>
            <Icon aria-hidden />
            {label}
          </Button>
        ))}
      </div>
      <ul className="-mx-3 -mb-2">
        <li>
          <SheetRow icon={<AtSign aria-hidden />} onClick={() => write((field) => typeSign(field, "@"))}>
            Mention
          </SheetRow>
        </li>
        <li>
          <SheetRow icon={<Hash aria-hidden />} onClick={() => write((field) => typeSign(field, "#"))}>
            Room
          </SheetRow>
        </li>
        <li>
          <SheetRow icon={<Smile aria-hidden />} onClick={() => setShowsEmoji(true)}>
            Emoji
          </SheetRow>
        </li>
      </ul>
    </>
  );
}
