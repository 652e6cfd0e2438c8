"use client";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";
import { tooltip } from "@/components/ui/tooltip";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";
import { recentEmoji } from "./recent-emoji";
import { useReact, useShownKinds } from "./use-react";

type QuickReactionsProps = {
  message: Message;
  count: number;
  /** For the sheet of a phone. */
  isLarge?: boolean;
  /** Called after a press. */
  onDone?: () => void;
};

/** Buttons for the emoji that the viewer used last. They keep their places while they are shown. */
export default function QuickReactions({ message, count, isLarge = false, onDone }: QuickReactionsProps) {
  const { me } = useMe();
  const [emojis] = useState(() => recentEmoji(me.id, count));
  const shown = useShownKinds(message);
  const react = useReact(message.id);
  useEffect(() => {
    // So that the first reaction of a log is shown at once. If the code can't be fetched now, the log tries again.
    import("./reactions").catch(() => {});
  }, []);
  return emojis.map((emoji) => {
    const isMine = shown.some((kind) => kind.emoji === emoji && kind.isMine);
    return (
      <button
        key={emoji}
        type="button"
        aria-label={`React with ${emoji}`}
        aria-pressed={isMine}
        tabIndex={isLarge ? 0 : -1}
        className={cn(
          "inline-flex flex-none items-center justify-center border hover:bg-press",
          isLarge ? "size-12 rounded-full text-[22px]" : "size-[30px] rounded-control text-base",
          isMine ? "border-accent-line bg-accent-soft" : cn("border-transparent", isLarge && "bg-hover"),
        )}
        onClick={() => {
          react(emoji, !isMine);
          onDone?.();
        }}
        {...(!isLarge && tooltip(`React with ${emoji}`))}
      >
        {emoji}
      </button>
    );
  });
}
