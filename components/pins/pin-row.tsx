"use client";
import { PinOff } from "lucide-react";
import { usePlainMessage } from "@/components/markdown/plain-message";
import { blockedWords } from "@/components/messages/blocked-words";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { useShowMessage } from "@/components/messages/use-show-message";
import { PersonPicture } from "@/components/people/person-avatar";
import { useNames } from "@/components/people/use-names";
import { IconButton } from "@/components/ui/button";
import { isBlocked } from "@/lib/client/blocked";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { usePerson } from "@/lib/client/hooks/use-person";
import type { Message } from "@/lib/contract/message";

const maxCharacters = 240;

type PinRowProps = {
  message: Message;
  /** Undefined if the viewer may not unpin it. */
  onUnpin: (() => void) | undefined;
};

/** One pinned message: who wrote it, the beginning of its text, and who pinned it. */
export function PinRow({ message, onUnpin }: PinRowProps) {
  const { authorId, pinnedById, pinnedAt } = message;
  const author = usePerson(authorId);
  const nameOf = useNames([authorId, pinnedById]);
  const text = usePlainMessage(message, maxCharacters);
  const show = useShowMessage();
  const isHidden = isBlocked(useBlocked(), authorId);
  const name = authorId ? nameOf(authorId) : "Someone";
  const words = isHidden ? "this message" : `the message of ${name}`;
  return (
    <li className="relative flex gap-3 rounded-control py-2 ps-2 pe-11 hover:bg-hover">
      {!isHidden && author && <PersonPicture person={author} size={32} />}
      <div className="min-w-0 flex-1">
        {isHidden ? (
          <p className="text-sm text-ink-faint">{blockedWords}</p>
        ) : (
          <>
            <p className="flex items-baseline gap-2">
              <bdi className="min-w-0 truncate text-ui font-semibold">{name}</bdi>
              <Time at={message.createdAt} format={shortTime} className="flex-none text-xs text-ink-faint" />
            </p>
            <p dir="auto" className="line-clamp-3 text-sm wrap-anywhere">
              {text}
            </p>
          </>
        )}
        <p className="mt-0.5 truncate text-xs text-ink-faint">
          Pinned by <bdi>{pinnedById ? nameOf(pinnedById) : "someone"}</bdi>
          {pinnedAt && (
            <>
              , <Time at={pinnedAt} format={shortTime} />
            </>
          )}
        </p>
      </div>
      <button
        type="button"
        aria-label={`Show ${words}`}
        className="absolute inset-0 rounded-control"
        onClick={() => show(message)}
      />
      {onUnpin && (
        <IconButton label={`Unpin ${words}`} className="absolute end-1 top-1.5" onClick={onUnpin}>
          <PinOff aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
