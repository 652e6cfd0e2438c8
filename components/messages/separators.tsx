"use client";
import { useNow } from "@/lib/client/hooks/use-now";
import { dayName } from "./times";

/** Separates two days. `day` is `YYYY-MM-DD` in the reader's time zone. */
export function DateSeparator({ day }: { day: string }) {
  const name = useNow((now) => dayName(new Date(`${day}T12:00`), now));
  return (
    <div className="flex items-center gap-3 px-5 pt-[18px] pb-0.5 text-xs font-medium text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line max-md:px-4">
      {name}
    </div>
  );
}

/** The divider "New" above the first unread message. */
export function NewSeparator() {
  return (
    <div className="-mb-1.5 flex items-center gap-2 px-5 pt-4 text-xs font-semibold text-danger-ink before:h-px before:flex-1 before:bg-danger/45 max-md:px-4">
      New
    </div>
  );
}
