import { Spinner } from "@/components/ui/spinner";

/** Shown at the top of a log while earlier messages load. */
export function LoadingOlder() {
  return (
    <p
      role="status"
      className="hairline absolute top-[calc(var(--spacing-bar)+8px)] left-1/2 z-10 flex h-7 -translate-x-1/2 animate-late items-center gap-2 rounded-full bg-surface-raised px-3 text-xs text-ink-soft"
    >
      <Spinner /> Loading earlier messages
    </p>
  );
}
