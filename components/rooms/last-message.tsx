"use client";
import { noticeWords, peopleTold } from "@/components/messages/notice-words";
import { useNames } from "@/components/people/use-names";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";

const longest = 120;

/** Markdown without its marks, near enough for one line. */
function plain(body: string): string {
  return body
    .slice(0, longest * 2)
    .replace(/```\w*\n?/g, "")
    .replace(/[*_~`]{1,3}(\S(?:.*?\S)?)[*_~`]{1,3}/g, "$1")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:>|#{1,6}|[-*+])\s+/gm, "")
    .replace(/\s+/g, " ")
    .slice(0, longest);
}

/** What was said last in a room, and by whom. */
export function LastMessage({ message, className }: { message: Message; className?: string }) {
  const { me } = useMe();
  const { authorId, notice } = message;
  const nameOf = useNames(notice ? peopleTold([{ authorId, notice }]) : [authorId]);
  return (
    <span dir="auto" className={className}>
      {notice
        ? noticeWords([{ authorId, notice }], nameOf)
            .map((piece) => ("name" in piece ? piece.name : piece.text))
            .join("")
        : `${authorId === me.id ? "You" : authorId ? nameOf(authorId).split(" ")[0] : "Someone"}: ${message.deletedAt ? "deleted a message" : plain(message.body)}`}
    </span>
  );
}
