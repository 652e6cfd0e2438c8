"use client";
import { CircleCheck } from "lucide-react";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { useNames } from "@/components/people/use-names";
import { useMe } from "@/lib/client/hooks/use-me";
import type { ThreadAbout } from "@/lib/contract/thread-summary";

/** Above the field of a resolved thread: who resolved it, and when. It takes replies as before. */
export function ResolvedNote({ about }: { about: ThreadAbout }) {
  const { me } = useMe();
  const { resolvedAt, resolvedById } = about;
  const nameOf = useNames([resolvedById]);
  if (!resolvedAt) return null;
  const name = resolvedById === me.id ? "you" : resolvedById ? nameOf(resolvedById) : "someone";
  return (
    <p className="flex items-center gap-2 px-4 pb-2 text-xs text-ink-faint">
      <CircleCheck aria-hidden className="size-3.5 flex-none" />
      <span className="min-w-0 truncate">
        Resolved by <bdi>{name}</bdi>, <Time at={resolvedAt} format={shortTime} />
      </span>
    </p>
  );
}
