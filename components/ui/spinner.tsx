import { cn } from "./cn";

/**
 * A circle that turns while something is in progress. With reduced motion it turns more slowly, because nothing else shows the
 * progress.
 */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-block size-3.5 flex-none animate-spin rounded-full border-2 border-current border-r-transparent opacity-90 motion-reduce:[animation-duration:3s]",
        className,
      )}
    />
  );
}
