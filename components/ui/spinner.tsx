import { cn } from "./cn";

/** Turns slowly, not at all jerkily, under reduced motion: it is the only sign that something goes on. */
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
