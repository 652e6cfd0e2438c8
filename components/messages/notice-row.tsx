"use client";
import {
  Archive,
  ArchiveRestore,
  ArrowLeftRight,
  LogIn,
  LogOut,
  Megaphone,
  Pencil,
  Shield,
  Sparkles,
  UserMinus,
  UserPlus,
} from "lucide-react";
import { useNames } from "@/components/people/use-names";
import type { NoticeMessage } from "@/lib/client/log-items";
import type { Notice } from "@/lib/contract/message";
import { noticeWords, peopleNamed, directionOf } from "./notice-words";
import { Time } from "./time";
import { clockTime } from "./times";

const icons: Record<Notice["type"], typeof LogIn> = {
  created: Sparkles,
  renamed: Pencil,
  topic: Pencil,
  posting: Megaphone,
  archived: Archive,
  unarchived: ArchiveRestore,
  role: Shield,
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
  const Icon = notices.length === 1 ? icons[last.notice.type] : iconsOfDirection[directionOf(notices)];
  return (
    <article
      data-row={rowKey}
      tabIndex={active ? 0 : -1}
      className="mt-3 grid grid-cols-[36px_minmax(0,var(--spacing-reading))] items-center gap-x-3 px-5 py-0.5 text-sm text-ink-faint -outline-offset-2 max-md:gap-x-2.5 max-md:px-4"
    >
      <Icon aria-hidden className="size-3.5 justify-self-center" />
      <p className="wrap-anywhere">
        {noticeWords(notices, nameOf).map((piece, at) =>
          "name" in piece ? (
            <b key={at} className="font-medium text-ink-soft">
              <bdi>{piece.name}</bdi>
            </b>
          ) : (
            piece.text
          ),
        )}
        <Time at={last.createdAt} format={clockTime} className="ml-2 text-xs tabular-nums" />
      </p>
    </article>
  );
}
