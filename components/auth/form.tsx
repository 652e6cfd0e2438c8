"use client";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { useSubmit } from "./use-submit";

type FormProps = { state: ReturnType<typeof useSubmit>; submitLabel: string; children: ReactNode };

/** A form with its fields, an error about the form as a whole, and one button. */
export function Form({ state, submitLabel, children }: FormProps) {
  return (
    <form {...state.form} className="flex flex-col gap-4">
      {children}
      {state.problem.message && (
        <Banner tone="danger" className="rounded-control">
          {state.problem.message}
        </Banner>
      )}
      <Button type="submit" variant="primary" size="touch" block busy={state.busy}>
        {submitLabel}
      </Button>
    </form>
  );
}
