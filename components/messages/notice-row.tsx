"use client";
import { LogIn, LogOut, Sparkles, UserMinus, UserPlus } from "lucide-react";
import { useNames } from "@/components/people/use-names";
import type { Message, Notice } from "@/lib/contract/message";
import { noticeWords } from "./notice-words";
import { Time } from "./time";
import { clockTime } from "./times";

const icons: Record<Notice["type"], typeof LogIn> = {
  created: Sparkles,
  joined: LogIn,
  added: UserPlus,
  left: LogOut,
  removed: UserMinus,
};

/** What the room tells of itself: who came, who went. */
export function NoticeRow({ message, notice, active }: { message: Message; notice: Notice; active: boolean }) {
  const nameOf = useNames([message.authorId, ...("personIds" in notice ? notice.personIds : [])]);
  const Icon = icons[notice.type];
  return (
    <article
      data-row={message.id}
      tabIndex={active ? 0 : -1}
      className="mt-3 grid grid-cols-[36px_minmax(0,1fr)] items-center gap-x-3 px-5 py-0.5 text-sm text-ink-faint -outline-offset-2 max-md:gap-x-2.5 max-md:px-4"
    >
      <Icon aria-hidden className="size-3.5 justify-self-center" />
      <p className="wrap-anywhere">
        {noticeWords(notice, message.authorId, nameOf).map((piece, at) =>
          "name" in piece ? (
            <b key={at} className="font-medium text-ink-soft">
              <bdi>{piece.name}</bdi>
            </b>
          ) : (
            piece.text
          ),
        )}
        <Time at={message.createdAt} format={clockTime} className="ml-2 text-xs tabular-nums" />
      </p>
    </article>
  );
}
