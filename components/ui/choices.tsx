"use client";
import { Check, Minus } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

type BoxProps = Omit<ComponentProps<"input">, "type"> & { label?: ReactNode };

const labelClasses =
  "inline-flex min-h-6 min-w-6 items-center gap-2 text-sm text-ink-soft has-disabled:opacity-55 max-md:min-h-touch";

type CheckboxProps = BoxProps & {
  /** Whether some, but not all, of its items are chosen. For a checkbox that selects all items. */
  indeterminate?: boolean;
};

/** A checkbox with its label. Without a label it needs an aria-label. */
export function Checkbox({ label, indeterminate = false, className, ...props }: CheckboxProps) {
  return (
    <label className={cn(labelClasses, className)}>
      <span className="relative grid flex-none place-items-center">
        <input
          type="checkbox"
          className="peer check-box"
          ref={(input) => {
            if (input) input.indeterminate = indeterminate;
          }}
          {...props}
        />
        {indeterminate ? (
          <Minus aria-hidden strokeWidth={3} className="pointer-events-none absolute size-3 text-on-accent" />
        ) : (
          <Check
            aria-hidden
            className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100 [&]:stroke-3"
          />
        )}
      </span>
      {label}
    </label>
  );
}

export type Choice<Value extends string> = {
  value: Value;
  label: string;
  hint?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
};
type ChoicesProps<Value extends string> = {
  legend: string;
  hideLegend?: boolean;
  options: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** The number of columns in wide windows. Phones have one. */
  columns?: 1 | 2 | 3;
  className?: string;
};

/** Radio buttons shown as cards, for choices that need a sentence each. */
export function ChoiceCards<Value extends string>({
  legend,
  hideLegend,
  options,
  value,
  onChange,
  columns = 3,
  className,
}: ChoicesProps<Value>) {
  const name = useId();
  return (
    <fieldset className={cn("min-w-0", className)}>
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-sm font-strong"}>{legend}</legend>
      <div className={cn("grid gap-3", columns === 2 && "md:grid-cols-2", columns === 3 && "md:grid-cols-3")}>
        {options.map((option) => (
          <label
            key={option.value}
            className="group relative block cursor-pointer rounded-card border border-line-control bg-surface p-3.5 shadow-card transition-[border-color,background-color] has-checked:chosen has-disabled:cursor-default has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <span className="flex items-center justify-between gap-2">
              {option.icon && (
                <span className="mb-3 grid size-8 place-items-center rounded-control bg-hover text-ink-soft group-has-checked:bg-accent-soft group-has-checked:text-accent-ink [&_svg]:size-4">
                  {option.icon}
                </span>
              )}
              <input
                type="radio"
                className="radio-dot order-last ml-auto self-start outline-none"
                name={name}
                value={option.value}
                checked={option.value === value}
                disabled={option.disabled}
                onChange={() => onChange(option.value)}
              />
              {!option.icon && <span className="text-ui font-semibold">{option.label}</span>}
            </span>
            {option.icon && <span className="block text-ui font-semibold leading-tight">{option.label}</span>}
            {option.hint && <span className="mt-[3px] block text-sm leading-[1.4] text-ink-soft">{option.hint}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
