import { ArrowDown } from "lucide-react";

/** A button that scrolls to the end of the log and shows how many messages were added meanwhile. */
export function JumpToLatest({ count, onJump }: { count: number; onJump: () => void }) {
  return (
    <button
      type="button"
      onClick={onJump}
      className="absolute bottom-2 left-1/2 z-10 inline-flex h-control -translate-x-1/2 animate-fade-in items-center gap-1.5 rounded-full bg-surface-raised pr-3 pl-2.5 text-sm font-strong shadow-popover hover:text-accent-ink max-md:h-touch max-md:px-4"
    >
      <ArrowDown aria-hidden className="size-3.5" />
      {count > 0 ? <span className="tabular-nums">{count > 99 ? "99+" : count} new</span> : "Latest"}
      <span className="sr-only">{count > 0 ? "messages, jump to the latest" : "messages"}</span>
    </button>
  );
}
