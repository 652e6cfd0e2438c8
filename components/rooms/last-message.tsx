"use client";
import { usePlainMessage } from "@/components/markdown/plain-message";
import { useNames } from "@/components/people/use-names";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";

const maxCharacters = 120;

/** The author and text of a room's last message, on one line. Notices do not count as messages. */
export function LastMessage({ message, className }: { message: Message; className?: string }) {
  const { me } = useMe();
  const { authorId } = message;
  const written = usePlainMessage(message, maxCharacters);
  const text = message.deletedAt ? "deleted a message" : written;
  const nameOf = useNames([authorId]);
  return (
    <span dir="auto" className={className}>
      {`${authorId === me.id ? "You" : authorId ? nameOf(authorId).split(" ")[0] : "Someone"}: ${text}`}
    </span>
  );
}
