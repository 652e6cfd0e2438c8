import { cn } from "@/components/ui/cn";
import type { Align, Inline } from "@/lib/contract/markdown/tree";
import { renderInlines } from "./inlines";

const alignClass = { left: "text-left", center: "text-center", right: "text-right" };
const cell = "border-b px-3 py-1.5 align-top";

type TableProps = { align: readonly Align[]; head: readonly Inline[][]; rows: readonly Inline[][][] };

/** A table. A wide one scrolls sideways inside its message. */
export function Table({ align, head, rows }: TableProps) {
  const alignment = (at: number) => {
    const side = align[at];
    return side ? alignClass[side] : "text-start";
  };
  return (
    <div
      // Not role="region": every table would become a landmark of the page.
      role="group"
      aria-label="Table"
      tabIndex={0}
      className="mt-1.5 w-fit max-w-full overflow-x-auto rounded-control border bg-surface text-sm text-ink -outline-offset-2 first:mt-0"
    >
      <table className="border-separate border-spacing-0 tabular-nums">
        <thead className="bg-surface-sunken text-xs text-ink-faint">
          <tr>
            {head.map((line, at) => (
              <th key={at} scope="col" dir="auto" className={cn(cell, "font-medium", alignment(at))}>
                {renderInlines(line)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((line, column) => (
                <td key={column} dir="auto" className={cn(cell, "min-w-16 wrap-break-word", alignment(column))}>
                  {renderInlines(line)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
