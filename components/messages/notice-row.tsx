"use client";
import { ArrowLeftRight, LogIn, LogOut, Sparkles, UserMinus, UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useNames } from "@/components/people/use-names";
import { retrying } from "@/components/ui/on-demand";
import type { MembershipNotice, NoticeMessage } from "@/lib/client/log-items";
import { NoticeSentence } from "./notice-sentence";
import { directionOf, noticeWords, peopleNamed } from "./notice-words";

// Loaded when a log first shows a notice about a change of the room. Until it is loaded, the row is empty.
const RoomChange = dynamic(
  retrying(() => import("./room-change")),
  { ssr: false },
);

const icons: Record<MembershipNotice["type"] | "created", typeof LogIn> = {
  created: Sparkles,
  joined: LogIn,
  added: UserPlus,
  left: LogOut,
  removed: UserMinus,
};
const iconsOfDirection = { came: LogIn, went: LogOut, both: ArrowLeftRight };

type NoticeRowProps = { rowKey: string; notices: readonly NoticeMessage[]; active: boolean };

/** A row with notices: who joined and who left, or one change of the room. */
export function NoticeRow({ rowKey, notices, active }: NoticeRowProps) {
  const nameOf = useNames(peopleNamed(notices));
  const last = notices.at(-1);
  if (!last) return null;
  const { type } = last.notice;
  const icon = type in icons ? icons[type as keyof typeof icons] : null;
  const Icon = icon && notices.length > 1 ? iconsOfDirection[directionOf(notices)] : icon;
  return (
    <article
      data-row={rowKey}
      tabIndex={active ? 0 : -1}
      className="mt-3 grid min-h-6 grid-cols-[36px_minmax(0,var(--spacing-reading))] items-center gap-x-3 px-5 py-0.5 text-sm text-ink-faint -outline-offset-2 max-md:gap-x-2.5 max-md:px-4"
    >
      {Icon ? (
        <NoticeSentence icon={<Icon />} pieces={noticeWords(notices, nameOf)} at={last.createdAt} isTabStop={active} />
      ) : (
        <RoomChange notice={last} nameOf={nameOf} isTabStop={active} />
      )}
    </article>
  );
}
