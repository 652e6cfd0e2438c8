import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type PersonNameProps = {
  personId: string;
  /** Whether the Tab key reaches the name. */
  isTabStop?: boolean;
  className?: string;
  children: ReactNode;
};

/** A person's name, as a button that opens their card. `PersonCards` handles its clicks. */
export function PersonName({ personId, isTabStop = true, className, children }: PersonNameProps) {
  return (
    <button
      type="button"
      data-person={personId}
      tabIndex={isTabStop ? 0 : -1}
      aria-haspopup="dialog"
      className={cn("max-w-full truncate rounded-[4px] text-start hover:underline select-text", className)}
    >
      <bdi>{children}</bdi>
    </button>
  );
}
