import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type OfferRowProps = {
  icon: ReactNode;
  name: string;
  hint?: string;
  /** Makes the name grey. For rooms that are not chosen. */
  isMuted?: boolean;
  /** Who the room is for. Shown below the name on phones. */
  tag?: ReactNode;
  children?: ReactNode;
};

/** One row in the list of rooms that the set-up offers to create. */
export function OfferRow({ icon, name, hint, isMuted, tag, children }: OfferRowProps) {
  return (
    <li className="flex min-h-13 items-center gap-3 border-t py-2">
      <RoomTile>{icon}</RoomTile>
      <span className="min-w-0 flex-1 text-ui leading-[1.4] font-medium">
        <bdi className={cn("block truncate", isMuted && "text-ink-soft")}>{name}</bdi>
        {hint && <span className="block text-sm font-normal text-ink-faint md:truncate">{hint}</span>}
        {tag && <span className="mt-1 flex md:hidden">{tag}</span>}
      </span>
      {tag && <span className="flex max-md:hidden">{tag}</span>}
      {children && <span className="flex w-10 flex-none justify-end max-md:w-11">{children}</span>}
    </li>
  );
}

export function RoomTile({ children, empty }: { children: ReactNode; empty?: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-9 flex-none place-items-center rounded-toolbar text-ink-soft [&_svg]:size-4",
        empty ? "border border-line-strong" : "bg-hover",
      )}
    >
      {children}
    </span>
  );
}
