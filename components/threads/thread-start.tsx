"use client";
import { MessageBody } from "@/components/markdown/message-body";
import { Time } from "@/components/messages/time";
import { fullTime } from "@/components/messages/times";
import { Tombstone } from "@/components/messages/tombstone";
import { PersonPicture } from "@/components/people/person-avatar";
import { usePerson } from "@/lib/client/hooks/use-person";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";
import type { ThreadSummary } from "@/lib/contract/thread-summary";
import { repliesText } from "./thread-words";

type ThreadStartProps = { first: Message | null; summary: ThreadSummary | null };

/** Above the replies of a thread: its first message, and how many replies there are. */
export function ThreadStart({ first, summary }: ThreadStartProps) {
  return (
    <div className="px-4 pt-[calc(var(--spacing-bar)+16px)] pb-1">
      {first ? (
        <FirstMessage message={first} />
      ) : (
        <p className="text-ui text-ink-faint">Earlier message you can't see</p>
      )}
      <p className="mt-4 flex items-center gap-3 text-xs font-medium text-ink-faint after:h-px after:flex-1 after:bg-line">
        {summary && summary.count > 0 ? repliesText(summary.count) : "No replies yet"}
      </p>
    </div>
  );
}

function FirstMessage({ message }: { message: Message }) {
  const { me } = useMe();
  const other = usePerson(message.authorId);
  const author = message.authorId === me.id ? me : other;
  return (
    <article
      aria-label={`First message, by ${author?.name ?? "someone"}`}
      className="grid grid-cols-[32px_minmax(0,1fr)] gap-x-3"
    >
      {author ? <PersonPicture person={author} size={32} cardOf={author.id} /> : <span />}
      <div className="min-w-0">
        <p className="flex items-baseline gap-2 leading-5">
          <b className="min-w-0 truncate font-semibold tracking-name">
            <bdi>{author?.name ?? "…"}</bdi>
          </b>
          <Time at={message.createdAt} format={fullTime} className="flex-none text-xs text-ink-faint" />
        </p>
        {message.deletedAt ? <Tombstone /> : <MessageBody body={message.body} />}
      </div>
    </article>
  );
}
