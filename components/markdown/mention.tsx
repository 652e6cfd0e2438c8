"use client";
import { type ReactNode, use } from "react";
import { useStore } from "zustand";
import { PersonName } from "@/components/profile/person-name";
import { cn } from "@/components/ui/cn";
import { useMe } from "@/lib/client/hooks/use-me";
import { useParley } from "@/lib/client/hooks/use-parley";
import { usePerson } from "@/lib/client/hooks/use-person";
import { useQuery } from "@/lib/client/hooks/use-query";
import { MentionsContext } from "./mentions-context";

/** `children` is what was typed. */
type MentionProps = { handle: string; children: string };

/** A mention, with today's name. Who may not know the person or the group sees what was typed. */
export default function Mention({ handle, children }: MentionProps) {
  const mentions = use(MentionsContext);
  const target = mentions?.targets[handle];
  switch (target?.kind) {
    case "person":
      return (
        <PersonMention personId={target.id} isTabStop={mentions?.isTabStop === true}>
          {children}
        </PersonMention>
      );
    case "group":
      return <GroupMention groupId={target.id}>{children}</GroupMention>;
    case "here":
      return <Chip isMe={mentions?.isForMe === true}>{children}</Chip>;
    case "room":
      return <Chip isMe>{children}</Chip>;
    case undefined:
      return children;
  }
}

type PersonMentionProps = { personId: string; isTabStop: boolean; children: string };

function PersonMention({ personId, isTabStop, children }: PersonMentionProps) {
  const { me } = useMe();
  const other = usePerson(personId === me.id ? null : personId);
  const person = personId === me.id ? me : other;
  if (!person) return children;
  return (
    <Chip isMe={person === me} isPlain={person.deactivatedAt !== null}>
      <PersonName personId={personId} isTabStop={isTabStop} className="max-w-none whitespace-normal">
        @{person.name}
      </PersonName>
    </Chip>
  );
}

function GroupMention({ groupId, children }: { groupId: string; children: string }) {
  const isMine = useStore(useParley().stores.rooms, ({ groupIds }) => groupIds.includes(groupId));
  const { data } = useQuery({ ids: [groupId] }, (call, input) => call("group.list", input));
  const name = data?.groups[0]?.name;
  return name === undefined ? children : <Chip isMe={isMine}>@{name}</Chip>;
}

/** `isPlain`: the mention means somebody who is no longer here. */
function Chip({ isMe, isPlain = false, children }: { isMe: boolean; isPlain?: boolean; children: ReactNode }) {
  return (
    <span
      className={cn(
        "-mx-px rounded-xs px-1 py-px font-medium [box-decoration-break:clone]",
        isMe
          ? "bg-mention-chip text-mention-ink"
          : isPlain
            ? "bg-hover text-ink-soft in-data-on-accent:on-accent-chip"
            : "mention-other in-data-on-accent:on-accent-chip",
      )}
    >
      {children}
    </span>
  );
}
