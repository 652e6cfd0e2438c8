"use client";
import { UsersRound } from "lucide-react";
import { ListSkeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";

/** Something that a person loses or keeps, such as a room, and why. */
export interface Loss {
  id: string;
  name: string;
  reason: string;
  tone: "danger" | "neutral";
  words: string;
}

interface LossListProps {
  label: string;
  /** Undefined while loading. */
  losses: readonly Loss[] | undefined;
  problem: string | undefined;
}

/** Lists what would be lost, in a dialog that asks to confirm. */
export function LossList({ label, losses, problem }: LossListProps) {
  if (problem) return <p className="text-sm text-danger-ink">{problem}</p>;
  if (!losses) return <ListSkeleton rows={2} label={`Loading ${label.toLowerCase()}`} />;
  if (losses.length === 0) return null;
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-card border">
      {losses.map(({ id, name, reason, tone, words }) => (
        <li key={id} className="flex min-h-12 items-center gap-3 px-3.5 py-1.5">
          <UsersRound aria-hidden className="size-4 flex-none text-ink-soft" />
          <div className="min-w-0 flex-1 leading-snug">
            <bdi className="block truncate text-ui">{name}</bdi>
            <span className="block text-xs text-ink-faint wrap-anywhere">{reason}</span>
          </div>
          <Tag tone={tone}>{words}</Tag>
        </li>
      ))}
    </ul>
  );
}
