"use client";
import { MessageBody } from "@/components/markdown/message-body";
import { blockedWords } from "@/components/messages/blocked-words";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { Tombstone } from "@/components/messages/tombstone";
import { useShowMessage } from "@/components/messages/use-show-message";
import { PersonPicture } from "@/components/people/person-avatar";
import { usePerson } from "@/lib/client/hooks/use-person";
import { isBlocked } from "@/lib/client/blocked";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Message } from "@/lib/contract/message";
import type { ThreadSummary } from "@/lib/contract/thread-summary";
import { repliesText } from "./thread-words";

type ThreadStartProps = {
  first: Message | null;
  summary: ThreadSummary | null;
  /** The room's name as used in a sentence, such as "#general". */
  label: string;
};

/** Above the replies of a thread: its first message, and how many replies there are. */
export function ThreadStart({ first, summary, label }: ThreadStartProps) {
  return (
    <div className="px-4 pt-[calc(var(--spacing-bar)+16px)] pb-1">
      {first ? (
        <FirstMessage message={first} label={label} />
      ) : (
        <p className="text-ui text-ink-faint">You can't see this earlier message</p>
      )}
      <p className="mt-4 flex items-center gap-3 text-xs font-medium text-ink-faint after:h-px after:flex-1 after:bg-line">
        {summary && summary.count > 0 ? repliesText(summary.count) : "No replies yet"}
      </p>
    </div>
  );
}

function FirstMessage({ message, label }: { message: Message; label: string }) {
  const show = useShowMessage();
  const isHidden = isBlocked(useBlocked(), message.authorId);
  const { me } = useMe();
  const other = usePerson(message.authorId);
  const author = message.authorId === me.id ? me : other;
  if (isHidden) return <p className="text-ui text-ink-faint">{blockedWords}</p>;
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
          <Time at={message.createdAt} format={shortTime} className="flex-none text-xs text-ink-faint" />
        </p>
        {message.deletedAt ? <Tombstone /> : <MessageBody body={message.body} mentions={message} isTabStop />}
        <button
          type="button"
          className="mt-0.5 text-sm font-medium text-link hover:underline max-md:min-h-touch"
          onClick={() => show(message)}
        >
          Show in <bdi>{label}</bdi>
        </button>
      </div>
    </article>
  );
}
