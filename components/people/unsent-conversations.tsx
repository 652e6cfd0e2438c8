"use client";
import { CircleAlert, Clock } from "lucide-react";
import { useRoomTitle } from "@/components/rooms/use-room-title";
import { usePaths } from "@/components/shell/place";
import { PlaceLink } from "@/components/shell/place-link";
import { cn } from "@/components/ui/cn";
import { useUnopenedEntries } from "@/lib/client/hooks/use-outbox";

/** The conversations that are not open yet, because their first message waits or was refused. A part of the sidebar. */
export default function UnsentConversations() {
  const entries = useUnopenedEntries();
  const places = new Map(entries.map((entry) => [entry.roomId, entry.personIds]));
  const hasFailed = (place: string) => entries.some(({ roomId, state }) => roomId === place && state === "failed");
  return (
    <ul aria-label="Not sent yet" className="pb-2">
      {[...places].map(([place, personIds]) => (
        <UnsentConversation key={place} personIds={personIds} hasFailed={hasFailed(place)} />
      ))}
    </ul>
  );
}

function UnsentConversation({ personIds, hasFailed }: { personIds: readonly string[]; hasFailed: boolean }) {
  const paths = usePaths();
  const title = useRoomTitle({ kind: "direct", name: null, directIds: [...personIds] });
  const Icon = hasFailed ? CircleAlert : Clock;
  return (
    <li>
      <PlaceLink
        href={paths.newMessageTo(personIds)}
        className="flex h-control items-center gap-2.5 rounded-control px-2 text-ui text-ink-soft -outline-offset-2 hover:bg-hover max-md:h-touch max-md:px-3"
      >
        <Icon aria-hidden className={cn("size-4 flex-none", hasFailed ? "text-danger-ink" : "text-ink-faint")} />
        <bdi className="min-w-0 flex-1 truncate">{title}</bdi>
        <span className={cn("flex-none text-xs", hasFailed ? "text-danger-ink" : "text-ink-faint")}>
          {hasFailed ? "not sent" : "waiting"}
        </span>
      </PlaceLink>
    </li>
  );
}
