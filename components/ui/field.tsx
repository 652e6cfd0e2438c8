"use client";
import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./cn";

type Control = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; required?: boolean };
const FieldContext = createContext<Control | null>(null);

/** What an input inside a <Field> or <OptionRow> takes from it: its id and what describes it. */
export function useFieldControl(): Partial<Control> {
  return useContext(FieldContext) ?? {};
}

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do. Takes the hint's place. */
  error?: ReactNode;
  /** At the right end of the label: "Forgot it?". */
  action?: ReactNode;
  required?: boolean;
  className?: string;
  children: ReactNode;
};

/** A label, one input, and the sentence under it. The input finds its label by itself. */
export function Field({ label, hint, error, action, required, className, children }: FieldProps) {
  const id = useId();
  const described = error || hint ? `${id}-help` : undefined;
  return (
    <FieldContext value={{ id, "aria-describedby": described, "aria-invalid": error ? true : undefined, required }}>
      <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
        <div className="flex items-center justify-between gap-2">
          <label htmlFor={id} className="text-sm font-strong">
            {label}
          </label>
          {/* Its target is taller than the line; the line stays as it is. */}
          {action && <span className="-my-1 flex max-md:-my-3.5">{action}</span>}
        </div>
        {children}
        {/* Always there, so that an error that arrives later is read out. */}
        <div id={described} aria-live="polite" className="text-xs empty:-mt-1.5">
          {error ? (
            <span className="flex items-start gap-1.5 text-danger-ink">
              <CircleAlert aria-hidden className="mt-0.5 size-3.5" />
              <span>{error}</span>
            </span>
          ) : (
            hint && <span className="text-ink-faint">{hint}</span>
          )}
        </div>
      </div>
    </FieldContext>
  );
}
