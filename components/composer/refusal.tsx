import { Archive, Megaphone } from "lucide-react";
import type { ReactNode } from "react";

type RefusalProps = { archived: boolean; children: ReactNode };

/** Replaces the composer for people who may not post. It says why, or what they need. */
export function Refusal({ archived, children }: RefusalProps) {
  const Icon = archived ? Archive : Megaphone;
  return (
    <p className="mx-4 mb-4 flex min-h-11 flex-none items-center gap-2.5 rounded-card bg-hover px-4 py-2 text-sm text-ink-soft max-md:mb-[max(16px,env(safe-area-inset-bottom))]">
      <Icon aria-hidden className="size-4" />
      {children}
    </p>
  );
}
