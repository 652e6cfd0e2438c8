import { Archive, Megaphone } from "lucide-react";
import type { ReactNode } from "react";

type RefusalProps = {
  archived: boolean;
  /** A button at the end, such as the one that unarchives the room. */
  action?: ReactNode;
  children: ReactNode;
};

/** Replaces the composer for people who may not post. The children say why. */
export function Refusal({ archived, action, children }: RefusalProps) {
  const Icon = archived ? Archive : Megaphone;
  return (
    <div className="mx-4 mb-4 flex min-h-11 flex-none items-center gap-2.5 rounded-card bg-hover py-2 pr-2 pl-4 text-sm text-ink-soft max-md:mb-[max(16px,env(safe-area-inset-bottom))]">
      <Icon aria-hidden className="size-4" />
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}
