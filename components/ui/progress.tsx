import { cn } from "./cn";

/** value from 0 to 1; without one it is only known that something goes on. */
export function Progress({ value, label, className }: { value?: number; label: string; className?: string }) {
  return <progress aria-label={label} className={cn("progress-bar", className)} max={1} value={value} />;
}
