"use client";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Person } from "@/lib/contract/person";
import { type Status, statusOf, untilWords } from "./status";

/** A person's status. Null if they have none, or it has ended. */
export function useStatus(person: Person | null): Status | null {
  const status = person && statusOf(person);
  const end = status?.until ? Date.parse(status.until) : undefined;
  // The server does not have the reader's clock, so it renders only a status without an end.
  const isOver = useNow(({ date }) => end !== undefined && date.getTime() >= end, end) ?? end !== undefined;
  return isOver ? null : status;
}

/** When a status or a chosen presence ends, in words. Empty if it has no end. */
export function useUntilWords(ending: Pick<Status, "until"> | null): string {
  const until = ending?.until;
  return useNow((now) => (until ? untilWords(until, now) : "")) ?? "";
}
