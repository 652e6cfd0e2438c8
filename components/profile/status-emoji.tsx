"use client";
import { cn } from "@/components/ui/cn";
import type { Person } from "@/lib/contract/person";
import { useStatus, useUntilWords } from "./use-status";

/** The emoji of a person's status, shown beside their name. Renders nothing if they have none. */
export function StatusEmoji({ person, className }: { person: Person | null; className?: string }) {
  const status = useStatus(person);
  const until = useUntilWords(status);
  if (!status?.emoji) return null;
  const words = [status.text, until].filter(Boolean).join(" ");
  return (
    <span role="img" aria-label={words || status.emoji} title={words} className={cn("flex-none", className)}>
      {status.emoji}
    </span>
  );
}
