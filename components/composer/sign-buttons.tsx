"use client";
import { AtSign, Hash, Smile } from "lucide-react";
import { type RefObject, useState } from "react";
import { EmojiGridOnDemand } from "@/components/reactions/emoji-grid-on-demand";
import { IconButton } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { typeAtCaret, typeSign } from "./type-sign";

const signs = [
  { label: "Mention", sign: "@", icon: AtSign },
  { label: "Room", sign: "#", icon: Hash },
] as const;

/** Buttons that insert an emoji, and the signs that offer people and rooms. A click keeps the focus in the field. */
export default function SignButtons({ fieldRef }: { fieldRef: RefObject<HTMLTextAreaElement | null> }) {
  const [isOpen, setOpen] = useState(false);
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
        <EmojiGridOnDemand
          onChoose={(emoji) => {
            setOpen(false);
            if (fieldRef.current) typeAtCaret(fieldRef.current, emoji);
          }}
        />
      </Popover>
      {signs.map(({ label, sign, icon: Icon }) => (
        <IconButton
          key={label}
          label={label}
          faint
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => fieldRef.current && typeSign(fieldRef.current, sign)}
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
    </>
  );
}
