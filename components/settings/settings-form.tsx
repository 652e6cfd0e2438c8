"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useLeaveWarning } from "./use-leave-warning";

/** The current values of a form, with a function to change them. */
export interface SettingsFields<Values> {
  values: Values;
  set: (changes: Partial<Values>) => void;
  /** The server's error messages, by field. */
  errors: Partial<Record<keyof Values, string>>;
}

interface SettingsFormProps<Values> {
  saved: Values;
  /** Saves the changed fields and returns all saved values. */
  save: (changes: Partial<Values>) => Promise<Values>;
  children: (fields: SettingsFields<Values>) => ReactNode;
}

/**
 * A settings form with a button that saves the changed fields. Typed text stays if saving is refused. Leaving the page with
 * unsaved changes asks first.
 */
export function SettingsForm<Values extends object>({ saved: initial, save, children }: SettingsFormProps<Values>) {
  const [saved, setSaved] = useState(initial);
  const [values, setValues] = useState(initial);
  const names = Object.keys(saved) as (keyof Values)[];
  const changed = names.filter((name) => values[name] !== saved[name]);
  // Another person may have saved new values. Adopts them, but keeps the fields that were changed here.
  const [adopted, setAdopted] = useState(initial);
  if (names.some((name) => initial[name] !== adopted[name])) {
    setAdopted(initial);
    setSaved(initial);
    setValues({ ...initial, ...pick(values, changed) });
  }
  const saving = useMutation(async () => {
    const next = pick(await save(pick(values, changed)), names) as Values;
    setSaved(next);
    // Keeps text that was typed during the request. It is not saved yet.
    setValues((typed) =>
      Object.assign(
        {},
        next,
        pick(
          typed,
          names.filter((name) => typed[name] !== values[name]),
        ),
      ),
    );
    toast.success("Settings saved.");
  });
  const warning = useLeaveWarning(changed.length > 0);
  const failure = saving.error && toFormFailure(saving.error);
  const fieldErrors = (failure?.fields ?? {}) as Partial<Record<keyof Values, string>>;
  const hasShownError = names.some((name) => fieldErrors[name]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (changed.length > 0) void saving.run();
  }
  return (
    <form onSubmit={submit} noValidate>
      {children({
        values,
        set: (changes) => {
          saving.clearError();
          setValues((typed) => ({ ...typed, ...changes }));
        },
        errors: fieldErrors,
      })}
      {failure && !hasShownError && (
        <Banner tone="danger" className="mb-4 rounded-control">
          {failure.message}
        </Banner>
      )}
      {/* The buttons stay in view while there is something to save. `-bottom-10` makes up for the page's padding. */}
      <div
        className={cn(
          "flex items-center justify-end gap-2 border-t bg-surface py-4",
          changed.length > 0 && "sticky -bottom-10",
        )}
      >
        <span role="status" className="flex-1 text-sm text-ink-faint">
          {changed.length > 0 && "Not saved yet."}
        </span>
        {changed.length > 0 && (
          <Button
            variant="ghost"
            onClick={() => {
              saving.clearError();
              setValues(saved);
            }}
          >
            Undo changes
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          busy={saving.isPending}
          aria-disabled={changed.length === 0 || undefined}
          className="aria-disabled:opacity-48"
        >
          Save changes
        </Button>
      </div>
      {warning}
    </form>
  );
}

const pick = <Values extends object>(from: Values, names: readonly (keyof Values)[]): Partial<Values> =>
  Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<Values>;
