import { cn } from "./cn";

type BadgeProps = {
  count: number;
  /** Whether the count includes a mention of the viewer. */
  mention?: boolean;
  /** Amber, as for a mention: the counted items wait for the viewer. */
  amber?: boolean;
  /** What is counted, for screen readers, such as "unread messages". */
  label?: string;
  className?: string;
};

/** A count, shown as "99+" above 99. Renders nothing for zero. */
export function Badge({ count, mention, amber, label, className }: BadgeProps) {
  if (count <= 0) return null;
  return (
    <span
      className={cn(
        "inline-flex h-[18px] min-w-5 flex-none items-center justify-center rounded-full px-1.5 text-2xs font-semibold leading-none tracking-normal tabular-nums",
        mention || amber ? "bg-badge-mention text-on-badge-mention" : "bg-badge text-ink-soft",
        className,
      )}
    >
      {mention && <span aria-hidden>@</span>}
      {count > 99 ? "99+" : count}
      {label && <span className="sr-only"> {label}</span>}
    </span>
  );
}
