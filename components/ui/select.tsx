"use client";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field";

const sizes = {
  sm: "h-control pl-[11px] text-sm font-medium text-ink-soft",
  md: "h-9 pl-3 text-ui",
  lg: "h-touch pl-3 text-md",
};

type SelectProps = Omit<ComponentProps<"select">, "size" | "children"> & {
  size?: keyof typeof sizes;
  options: readonly { value: string; label: string }[];
};

/** The browser's own select: it works best on phones and with screen readers. `className` applies to the box around it. */
export function Select({ size = "md", className, options, ...props }: SelectProps) {
  const control = useFieldControl();
  return (
    <span className={cn("relative inline-flex min-w-0", className)}>
      <select
        className={cn(
          "field-edge w-full min-w-0 cursor-pointer appearance-none truncate pr-8 enabled:hover:bg-row-hover disabled:cursor-default disabled:opacity-55 max-md:h-touch max-md:text-touch",
          sizes[size],
        )}
        {...control}
        {...props}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute right-2.5 top-1/2 size-3.5 -translate-y-1/2 text-ink-faint"
      />
    </span>
  );
}
