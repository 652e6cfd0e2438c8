import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

type SheetRowProps = ComponentProps<"button"> & {
  icon?: ReactNode;
  danger?: boolean;
  /** Gives the look of a row to its only child, such as a link. */
  asChild?: boolean;
};

/** An action in a sheet of a phone: an icon and a name, as wide as the sheet. */
export function SheetRow({ icon, danger = false, asChild = false, children, ...props }: SheetRowProps) {
  const className = cn(
    "flex h-12 w-full items-center gap-3.5 rounded-control px-3 text-start text-md -outline-offset-2 hover:bg-hover [&>svg]:size-5 [&>svg]:flex-none",
    danger ? "text-danger-ink" : "[&>svg]:text-ink-faint",
  );
  if (asChild)
    return (
      <Slot.Root className={className} {...props}>
        {children}
      </Slot.Root>
    );
  return (
    <button type="button" className={className} {...props}>
      {icon}
      <span className="min-w-0 truncate">{children}</span>
    </button>
  );
}
