"use client";
import { useState } from "react";
import { clockTime, daysAgo, fullTime, type TimeFormat } from "@/components/messages/times";
import { Time } from "@/components/messages/time";
import { PersonAvatar } from "@/components/people/person-avatar";
import { useNames } from "@/components/people/use-names";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import { Empty } from "@/components/ui/empty";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { isBlocked } from "@/lib/client/blocked";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import { useList } from "@/lib/client/hooks/use-query";
import type { Message } from "@/lib/contract/message";
import type { Reaction } from "@/lib/contract/reaction";
import { useShownKinds } from "./use-react";

type WhoReactedProps = { open: boolean; onOpenChange: (open: boolean) => void; message: Message };

/** Today the time, otherwise the date too. */
const dayAndTime: TimeFormat = (at, now) => (daysAgo(at, now.date) === 0 ? clockTime(at, now) : fullTime(at, now));

/** Who reacted to a message, with which emoji and when: to all, or with one emoji. */
export default function WhoReacted({ open, onOpenChange, message }: WhoReactedProps) {
  const kinds = useShownKinds(message).toSorted((a, b) => b.count - a.count);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = kinds.some(({ emoji }) => emoji === chosen) ? chosen : null;
  const list = useList(
    { messageId: message.id, ...(shown !== null && { emoji: shown }) },
    async (call, input, after) => {
      const { reactions, next } = await call("reaction.list", { ...input, after });
      return { rows: reactions, next };
    },
    { version: Math.max(0, ...(message.reactions ?? []).map(({ changedSeq }) => changedSeq)) },
  );
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Reactions" description={<About message={message} />}>
      <div role="group" aria-label="Show" className="mb-2 flex flex-wrap gap-1">
        <FilterButton isChosen={shown === null} onPress={() => setChosen(null)}>
          All {total}
        </FilterButton>
        {kinds.map(({ emoji, count }) => (
          <FilterButton key={emoji} isChosen={shown === emoji} onPress={() => setChosen(emoji)}>
            {emoji} {count}
          </FilterButton>
        ))}
      </div>
      {list.status === "loading" && <ListSkeleton rows={4} label="Loading reactions" />}
      {list.status === "error" && (
        <Empty
          title="Couldn't load the reactions"
          heading="h3"
          actions={<Button onClick={list.reload}>Try again</Button>}
        />
      )}
      {list.status === "ready" && list.rows.length === 0 && <Empty title="No reactions" heading="h3" />}
      {list.rows.length > 0 && (
        <ul aria-label="Who reacted">
          {list.rows.map((reaction) => (
            <ReactionRow key={`${reaction.emoji} ${reaction.person.id}`} reaction={reaction} />
          ))}
        </ul>
      )}
      <LoadMore list={list} className="mt-1" />
    </Dialog>
  );
}

/** Whose message it is, and when it was sent. */
function About({ message: { authorId, createdAt } }: Pick<WhoReactedProps, "message">) {
  const { me } = useMe();
  const nameOf = useNames(authorId === me.id ? [] : [authorId]);
  return (
    <>
      {authorId !== null && `${authorId === me.id ? me.name : nameOf(authorId)}, `}
      <Time at={createdAt} format={dayAndTime} />
    </>
  );
}

type FilterButtonProps = { isChosen: boolean; onPress: () => void; children: React.ReactNode };

function FilterButton({ isChosen, onPress, children }: FilterButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      className={cn(
        "inline-flex h-7 items-center gap-1 rounded-full border px-2.5 text-xs font-[550] tabular-nums max-md:h-touch max-md:px-3.5",
        isChosen
          ? "border-accent-line bg-accent-soft text-accent-ink"
          : "border-transparent bg-hover text-ink-soft hover:bg-press",
      )}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

function ReactionRow({ reaction: { person, emoji, reactedAt } }: { reaction: Reaction }) {
  const { me } = useMe();
  const isTheirs = isBlocked(useBlocked(), person.id);
  return (
    <li className="flex min-h-11 items-center gap-3">
      {isTheirs ? (
        <span className="size-8 flex-none rounded-full bg-hover" />
      ) : (
        <PersonAvatar person={person} size={32} />
      )}
      <span className="min-w-0 flex-1 text-ui leading-tight">
        <span className="block truncate">{isTheirs ? "Someone you blocked" : person.name}</span>
        {person.id === me.id && <span className="block text-xs text-ink-faint">You</span>}
      </span>
      <span className="text-lg leading-none">{emoji}</span>
      <Time at={reactedAt} format={dayAndTime} className="flex-none text-xs text-ink-faint tabular-nums" />
    </li>
  );
}
