"use client";
import { AtSign, Smile } from "lucide-react";
import dynamic from "next/dynamic";
import { type RefObject, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { retrying } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { applyChange } from "./format";
import { wordBefore } from "./word";

// The data of all emoji is large.
const EmojiGrid = dynamic(
  retrying(async () => ({ default: (await import("@/components/reactions/emoji-grid")).EmojiGrid })),
  { loading: () => <div className="h-[min(380px,60dvh)]" /> },
);

/** Buttons that insert an emoji, and the sign that offers people. A click keeps the focus in the field. */
export default function SignButtons({ fieldRef }: { fieldRef: RefObject<HTMLTextAreaElement | null> }) {
  const [isOpen, setOpen] = useState(false);
  function insert(text: string) {
    const field = fieldRef.current;
    if (!field) return;
    const { selectionStart: from, selectionEnd: to } = field;
    applyChange(field, { from, to, insert: text, select: [from + text.length, from + text.length] });
  }
  function startMention() {
    const field = fieldRef.current;
    if (!field) return;
    const start = field.value.slice(0, field.selectionStart);
    // Inside a word, the sign would be text.
    insert(wordBefore(`${start}@`, start.length + 1) ? "@" : " @");
  }
  return (
    <>
      <Popover
        label="Emoji"
        side="top"
        open={isOpen}
        onOpenChange={setOpen}
        className="w-[336px]"
        trigger={
          <IconButton label="Emoji" faint onPointerDown={(event) => event.preventDefault()}>
            <Smile aria-hidden />
          </IconButton>
        }
      >
        <EmojiGrid
          onChoose={(emoji) => {
            setOpen(false);
            insert(emoji);
          }}
        />
      </Popover>
      <IconButton label="Mention" faint onPointerDown={(event) => event.preventDefault()} onClick={startMention}>
        <AtSign aria-hidden />
      </IconButton>
    </>
  );
}
