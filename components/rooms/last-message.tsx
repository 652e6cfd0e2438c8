"use client";
import { useMemo } from "react";
import { usePlainText } from "@/components/markdown/plain-text";
import { noticeWords, peopleNamed } from "@/components/messages/notice-words";
import { useNames } from "@/components/people/use-names";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";

const maxCharacters = 120;

/** The last message of a room and its author, on one line. */
export function LastMessage({ message, className }: { message: Message; className?: string }) {
  const { me } = useMe();
  const { authorId, notice } = message;
  const toPlainText = usePlainText();
  const text = useMemo(
    () => (notice ? "" : message.deletedAt ? "deleted a message" : toPlainText(message.body, maxCharacters)),
    [toPlainText, message, notice],
  );
  const nameOf = useNames(notice ? peopleNamed([{ authorId, notice }]) : [authorId]);
  return (
    <span dir="auto" className={className}>
      {notice
        ? noticeWords([{ authorId, notice }], nameOf)
            .map((piece) => ("name" in piece ? piece.name : piece.text))
            .join("")
        : `${authorId === me.id ? "You" : authorId ? nameOf(authorId).split(" ")[0] : "Someone"}: ${text}`}
    </span>
  );
}
