import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { keepFocusInRows } from "@/components/ui/keep-focus";

type TableProps = {
  label: string;
  busy?: boolean;
  /** The columns as `<col>`. Needed if a cell spans all columns: otherwise hidden columns would get a width. */
  columns?: ReactNode;
  head: ReactNode;
  children: ReactNode;
};

/**
 * A settings table. Its own width, not the window's, decides which columns are shown, because the list of settings is beside it.
 * The main column keeps at least 180 px. It also shows the important values of hidden columns.
 */
export function Table({ label, busy, columns, head, children }: TableProps) {
  return (
    <div className="@container rounded-card border">
      <table
        aria-label={label}
        aria-busy={busy || undefined}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
      >
        {columns && <colgroup>{columns}</colgroup>}
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody
          ref={keepFocusInRows}
          className="[&>tr:last-child>td:first-child]:rounded-bl-[11px] [&>tr:last-child>td:last-child]:rounded-br-[11px] [&>tr:last-child>td]:border-b-0"
        >
          {children}
        </tbody>
      </table>
    </div>
  );
}

export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 truncate border-b bg-surface-sunken px-3 text-left text-xs font-medium text-ink-faint first:rounded-tl-[11px] first:pl-4 last:rounded-tr-[11px]",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ className, ...props }: ComponentProps<"td">) {
  return (
    <td className={cn("h-13 truncate border-b px-3 text-ink-soft first:pl-4 max-md:h-15", className)} {...props} />
  );
}

type PagerProps = {
  from: number;
  count: number;
  /** How many rows there are on all pages. */
  total?: number | undefined;
  hasMore: boolean;
  busy: boolean;
  onPrevious: () => void;
  onNext: () => void;
};

/** Shows which rows are on the page, with buttons for the previous and next page. Renders nothing if there is only one page. */
export function Pager({ from, count, total, hasMore, busy, onPrevious, onNext }: PagerProps) {
  if (from === 0 && !hasMore) return null;
  return (
    <nav aria-label="Pages" className="flex items-center gap-1 pt-3 text-sm text-ink-faint">
      <span role="status" className="flex-1 pl-0.5 tabular-nums">
        {from + 1} to {from + count}
        {total !== undefined && ` of ${total}`}
      </span>
      <Step enabled={from > 0 && !busy} icon={<ChevronLeft aria-hidden />} onClick={onPrevious}>
        Previous
      </Step>
      <Step enabled={hasMore && !busy} onClick={onNext}>
        Next
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  );
}

/** Uses `aria-disabled`, because a `disabled` button would lose the keyboard focus on the last page. */
function Step({ enabled, onClick, ...button }: ComponentProps<typeof Button> & { enabled: boolean }) {
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-disabled={!enabled || undefined}
      className="aria-disabled:cursor-default aria-disabled:bg-transparent aria-disabled:opacity-48"
      onClick={enabled ? onClick : undefined}
      {...button}
    />
  );
}
