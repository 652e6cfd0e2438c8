"use client";
import { CornerUpRight } from "lucide-react";
import { QuotedWords } from "./quoted-words";
import { useSoughtAs } from "./log-context";
import { useShowMessage } from "./use-show-message";
import { seekMessage } from "@/components/shell/place";
import { useLookedUp } from "@/lib/client/hooks/use-looked-up";

type QuoteProps = { roomId: string; messageId: string; isTabStop: boolean };

/** What a reply quotes: its author and the beginning of its text. Pressing it shows that message. */
export default function Quote({ roomId, messageId, isTabStop }: QuoteProps) {
  const quoted = useLookedUp(messageId, roomId);
  const show = useShowMessage();
  const as = useSoughtAs();
  const icon = <CornerUpRight aria-hidden className="size-3.5 flex-none rtl:-scale-x-100" />;
  const look = "flex min-h-6 max-w-full min-w-0 items-center gap-1.5 text-sm text-ink-faint";
  if (quoted === null)
    return (
      <p className={look}>
        {icon}
        You can't see this earlier message
      </p>
    );
  return (
    <button
      type="button"
      tabIndex={isTabStop ? 0 : -1}
      data-row-control
      className={`${look} rounded-xs text-start hover:text-ink max-md:min-h-touch`}
      onClick={() => (quoted ? show(quoted.message) : seekMessage(messageId, as))}
    >
      {icon}
      <span className="sr-only">In reply to </span>
      {quoted && <QuotedWords message={quoted.message} />}
    </button>
  );
}
