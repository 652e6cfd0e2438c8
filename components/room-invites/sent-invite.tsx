"use client";
import { Time } from "@/components/messages/time";
import { PersonAvatar } from "@/components/people/person-avatar";
import { PersonName } from "@/components/profile/person-name";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Tag } from "@/components/ui/tag";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { inviteTime } from "./invite-times";

const states = {
  pending: { words: "Waiting", tone: "accent" },
  accepted: { words: "Accepted", tone: "success" },
  declined: { words: "Declined", tone: "neutral" },
  withdrawn: { words: "Withdrawn", tone: "neutral" },
  expired: { words: "Expired", tone: "warning" },
} as const;

type SentInviteProps = {
  invite: RoomInvite;
  /** Whether this is the latest invite to this person for this room. */
  isNewest: boolean;
  className?: string | undefined;
};

/** An invite that I sent. */
export function SentInvite({ invite, isNewest, className }: SentInviteProps) {
  const { id, person, room, note, state, createdAt } = invite;
  const call = useCall();
  const showError = (error: Error) => toast.error(error.message);
  const withdraw = useMutation(() => call("roomInvite.withdraw", { roomInviteId: id }), showError);
  const sendAgain = useMutation(
    () => call("roomInvite.send", { roomId: room.id, personId: person.id, note }),
    showError,
  );
  const { words, tone } = states[state];
  const maySendAgain = isNewest && (state === "expired" || state === "withdrawn");
  return (
    <li className={cn("grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 py-2.5", className)}>
      <PersonAvatar person={person} size={32} cardOf={person.id} />
      <div className="min-w-0 leading-snug">
        <p className="truncate text-ui">
          <PersonName personId={person.id}>{person.name}</PersonName>
        </p>
        <p className="truncate text-xs text-ink-faint">
          {room.name ? "#" : "A room"}
          <bdi>{room.name}</bdi>
        </p>
      </div>
      <div className="flex flex-col items-end gap-0.5">
        <Tag tone={tone}>{words}</Tag>
        <Time at={createdAt} format={inviteTime} className="text-xs text-ink-soft tabular-nums" />
      </div>
      <div className="col-start-2 col-end-4">
        {state === "pending" && note && (
          <p dir="auto" className="mt-1 text-sm text-ink-soft wrap-anywhere">
            “{note}”
          </p>
        )}
        {state === "pending" && (
          <Button size="sm" className="mt-2" busy={withdraw.isPending} onClick={() => void withdraw.run()}>
            Withdraw<span className="sr-only"> the invite of {person.name}</span>
          </Button>
        )}
        {maySendAgain && (
          <Button size="sm" className="mt-2" busy={sendAgain.isPending} onClick={() => void sendAgain.run()}>
            Send again<span className="sr-only"> to {person.name}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
