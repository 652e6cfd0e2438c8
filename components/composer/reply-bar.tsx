"use client";
import { Reply, X } from "lucide-react";
import { QuotedWords } from "@/components/messages/quoted-words";
import { IconButton } from "@/components/ui/button";
import { useLookedUp } from "@/lib/client/hooks/use-looked-up";

type ReplyBarProps = { roomId: string; messageId: string; onRemove: () => void };

/** Says above the text which message it replies to. */
export default function ReplyBar({ roomId, messageId, onRemove }: ReplyBarProps) {
  const quoted = useLookedUp(messageId, roomId);
  return (
    <div
      role="group"
      aria-label="Reply"
      className="flex min-h-10 items-center gap-2 border-b ps-3.5 pe-1.5 text-sm text-ink-soft max-md:mb-2 max-md:basis-full max-md:ps-2"
    >
      <Reply aria-hidden className="size-3.5 flex-none rtl:-scale-x-100" />
      <p className="flex min-w-0 flex-1 items-center gap-1.5">
        {quoted ? <QuotedWords message={quoted.message} /> : quoted === null && "A message you can't see"}
      </p>
      <IconButton label="Don't reply" shortcut="esc" size="sm" onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
