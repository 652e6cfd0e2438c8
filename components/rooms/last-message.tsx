"use client";
import { useMemo } from "react";
import { usePlainText } from "@/components/markdown/plain-text";
import { useNames } from "@/components/people/use-names";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";

const maxCharacters = 120;

/** The author and text of a room's last message, on one line. Notices do not count as messages. */
export function LastMessage({ message, className }: { message: Message; className?: string }) {
  const { me } = useMe();
  const { authorId } = message;
  const toPlainText = usePlainText();
  const text = useMemo(
    () => (message.deletedAt ? "deleted a message" : toPlainText(message.body, maxCharacters)),
    [toPlainText, message],
  );
  const nameOf = useNames([authorId]);
  return (
    <span dir="auto" className={className}>
      {`${authorId === me.id ? "You" : authorId ? nameOf(authorId).split(" ")[0] : "Someone"}: ${text}`}
    </span>
  );
}
