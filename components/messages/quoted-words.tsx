"use client";
import { usePlainMessage } from "@/components/markdown/plain-message";
import { useNames } from "@/components/people/use-names";
import { isBlocked } from "@/lib/client/blocked";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import type { Message } from "@/lib/contract/message";
import { blockedWords } from "./blocked-words";

const maxCharacters = 140;

/** The author of a message and the beginning of its text, on one line. */
export function QuotedWords({ message }: { message: Message }) {
  const { authorId, deletedAt } = message;
  const nameOf = useNames([authorId]);
  const text = usePlainMessage(message, maxCharacters);
  const isHidden = isBlocked(useBlocked(), authorId);
  if (deletedAt) return <span className="truncate">A deleted message</span>;
  if (isHidden) return <span className="truncate">{blockedWords}</span>;
  return (
    <>
      <bdi className="max-w-[45%] flex-none truncate font-medium text-ink-soft">
        {authorId ? nameOf(authorId) : "Someone"}
      </bdi>
      <span dir="auto" className="min-w-0 truncate">
        {text}
      </span>
    </>
  );
}
