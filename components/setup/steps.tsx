import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type SetupStepsProps = { steps: readonly { label: string; hint?: ReactNode }[]; current: number };

/** The steps and which one is current. Narrow windows show only the numbers. */
export function SetupSteps({ steps, current }: SetupStepsProps) {
  return (
    <ol className="-mx-3 mt-7 grid gap-1 max-lg:mx-0 max-lg:mt-5 max-lg:flex max-lg:gap-2">
      {steps.map((step, at) => (
        <li
          key={step.label}
          aria-current={at === current ? "step" : undefined}
          className={cn(
            "flex gap-3.5 rounded-card px-3 py-2.5 text-ui max-lg:p-0",
            at === current && "lg:hairline lg:bg-surface",
          )}
        >
          <span
            className={cn(
              "grid size-6 flex-none place-items-center rounded-full border-[1.5px] text-xs font-semibold tabular-nums",
              at < current && "border-transparent bg-success-soft text-success-ink",
              at === current && "border-transparent bg-accent text-on-accent",
              at > current && "border-line-control text-ink-soft",
            )}
          >
            {at < current ? <Check aria-label="Done" className="size-3.5" /> : at + 1}
          </span>
          <span className="min-w-0 max-lg:sr-only">
            <span className="block font-strong text-ink">{step.label}</span>
            {step.hint && <span className="block text-sm text-ink-faint wrap-anywhere">{step.hint}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
