import { cn } from "./cn";

/** Under reduced motion it only turns more slowly, because it is the only sign that something is in progress. */
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
