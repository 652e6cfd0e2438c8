"use client";
import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./cn";

type Control = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; required?: boolean };
const FieldContext = createContext<Control | null>(null);

/** The id and ARIA attributes for the input inside a <Field>. Empty outside a <Field>. */
export function useFieldControl(): Partial<Control> {
  return useContext(FieldContext) ?? {};
}

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do. Shown instead of the hint. */
  error?: ReactNode;
  /** Shown at the right end of the label, such as "Forgot it?". */
  action?: ReactNode;
  required?: boolean;
  className?: string;
  children: ReactNode;
};

/** A label, one input and a hint. The input gets its id from useFieldControl. */
export function Field({ label, hint, error, action, required, className, children }: FieldProps) {
  const id = useId();
  const helpId = error || hint ? `${id}-help` : undefined;
  return (
    <FieldContext value={{ id, "aria-describedby": helpId, "aria-invalid": error ? true : undefined, required }}>
      <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
        <div className="flex items-center justify-between gap-2">
          <label htmlFor={id} className="text-sm font-strong">
            {label}
          </label>
          {/* The negative margin makes the click target taller than the line. */}
          {action && <span className="-my-1 flex max-md:-my-3.5">{action}</span>}
        </div>
        {children}
        {/* Always rendered: screen readers announce changes only in a live region that already exists. */}
        <div id={helpId} aria-live="polite" className="text-xs empty:-mt-1.5">
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
