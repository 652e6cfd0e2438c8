"use client";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";

type Segment<Value extends string> = { value: Value; label: string; icon?: ReactNode; iconOnly?: boolean };
type SegmentedProps<Value extends string> = {
  label: string;
  options: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
};

/** Radio buttons as a row of a few short labels. */
export function Segmented<Value extends string>({ label, options, value, onChange, className }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={cn("inline-flex flex-none rounded-control bg-hover p-0.5", className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.iconOnly ? option.label : undefined}
          className="relative inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-sm px-3 text-sm font-medium text-ink-soft transition-[background-color,color] hover:text-ink has-checked:bg-surface-raised has-checked:text-ink has-checked:hairline has-focus-visible:outline-2 has-focus-visible:outline-accent max-md:h-touch [&_svg]:size-3.5"
        >
          <input
            type="radio"
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
            name={name}
            aria-label={option.iconOnly ? option.label : undefined}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          {!option.iconOnly && option.label}
        </label>
      ))}
    </fieldset>
  );
}
