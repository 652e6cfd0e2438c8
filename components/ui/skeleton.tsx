import { cn } from "./cn";

/** A grey placeholder: a bar, or another `shape` (height and rounding). */
function Skeleton({ shape = "h-3 rounded-sm", className }: { shape?: string; className?: string }) {
  return <div aria-hidden className={cn("shimmer", shape, className)} />;
}

function Loading({ label, className, children }: { label: string; className?: string; children: React.ReactNode }) {
  return (
    <div role="status" className={cn("animate-late", className)}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

// For each placeholder message, the widths of its name and its lines.
const messageWidths = [
  ["w-[26%]", "w-[88%]", "w-[64%]"],
  ["w-[20%]", "w-[72%]"],
  ["w-[31%]", "w-[92%]", "w-[84%]", "w-[40%]"],
  ["w-[22%]", "w-[52%]"],
  ["w-[28%]", "w-[78%]", "w-[46%]"],
  ["w-[18%]", "w-[60%]"],
];

/** The placeholder of a room that is loading. It appears after 150 ms. */
export function LogSkeleton({ label = "Loading messages", className }: { label?: string; className?: string }) {
  return (
    <Loading label={label} className={cn("flex flex-col gap-[18px] overflow-hidden px-5 py-4", className)}>
      {messageWidths.map(([name, ...lines]) => (
        <div key={name} className="grid grid-cols-[36px_minmax(0,640px)] gap-3">
          <Skeleton shape="size-9 rounded-full" />
          <div className="grid gap-[9px] pt-1">
            <Skeleton className={name} />
            {lines.map((line) => (
              <Skeleton key={line} className={cn(line, "opacity-75")} />
            ))}
          </div>
        </div>
      ))}
    </Loading>
  );
}

const nameWidths = ["w-2/5", "w-3/5", "w-1/3", "w-1/2", "w-[45%]", "w-[65%]", "w-[38%]", "w-[55%]"];

/** The placeholder of a list that is loading. It appears after 150 ms. */
export function ListSkeleton({
  rows = 6,
  avatars = true,
  label = "Loading",
  className,
}: {
  rows?: number;
  avatars?: boolean;
  label?: string;
  className?: string;
}) {
  return (
    <Loading label={label} className={cn("flex flex-col gap-4 overflow-hidden py-2", className)}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="flex items-center gap-3">
          {avatars && <Skeleton shape="size-8 rounded-full" className="flex-none" />}
          <div className="grid flex-1 gap-2">
            <Skeleton className={nameWidths[at % nameWidths.length]} />
            <Skeleton shape="h-2.5 rounded-sm" className="w-1/4 opacity-75" />
          </div>
        </div>
      ))}
    </Loading>
  );
}
