"use client";
import { seenWords } from "@/components/profile/status";
import { presenceNames } from "@/components/ui/presence";
import { useNow } from "@/lib/client/hooks/use-now";
import { usePresence } from "@/lib/client/hooks/use-presence";
import type { Person } from "@/lib/contract/person";

/** A person's presence; if they are offline, when they were last seen. Nothing while it is unknown. */
export function PresenceWords({ person: { id, lastSeenAt } }: { person: Pick<Person, "id" | "lastSeenAt"> }) {
  const presence = usePresence(id);
  const isSeen = presence === "offline" && lastSeenAt !== null;
  const seen = useNow((now) => (isSeen ? seenWords(lastSeenAt, now) : ""));
  return seen || (presence ? presenceNames[presence] : null);
}
