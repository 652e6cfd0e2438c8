"use client";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { CallError } from "@/lib/client/call-error";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { toFormFailure } from "./failure";
import { OpenAt } from "./open-at";

type FormErrors = { message: ReactNode; fields: Record<string, string> };
const noErrors: FormErrors = { message: null, fields: {} };

/** A message for each input that violates one of its attributes, such as `required`. */
function inputErrors(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const input of form.elements) {
    if (!(input instanceof HTMLInputElement) || !input.name || input.validity.valid) continue;
    if (input.validity.valueMissing) fields[input.name] = "This field is required.";
    else if (input.validity.typeMismatch) fields[input.name] = "Enter a valid email address.";
    else if (input.validity.tooShort) fields[input.name] = `At least ${input.minLength} characters.`;
  }
  return fields;
}

/**
 * Submits a form and shows each error beside its field. The inputs are uncontrolled, so they keep their text after an error.
 * `Name` is the union of the inputs' names.
 */
export function useSubmit<Name extends string>(send: (values: Record<Name, string>) => Promise<void>) {
  const [errors, setErrors] = useState(noErrors);
  const form = useRef<HTMLFormElement>(null);
  const focusInvalid = useRef(false);

  // Moves the focus only right after a failed submit, so that it does not jump while the person corrects a field.
  useEffect(() => {
    if (focusInvalid.current) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    focusInvalid.current = false;
  }, [errors]);

  function showErrors(next: FormErrors) {
    focusInvalid.current = true;
    setErrors(next);
  }

  function clearError({ target }: FormEvent<HTMLFormElement>) {
    const { name } = target as HTMLInputElement;
    if (!(name in errors.fields)) return;
    const { [name]: _cleared, ...fields } = errors.fields;
    setErrors({ ...errors, fields });
  }

  const submission = useMutation(
    async (element: HTMLFormElement) => {
      setErrors(noErrors);
      await send(Object.fromEntries(new FormData(element)) as Record<Name, string>);
    },
    (error) => form.current && showErrors(toFormErrors(error, form.current)),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (submission.isPending) return;
    const fields = inputErrors(event.currentTarget);
    if (Object.keys(fields).length > 0) showErrors({ message: null, fields });
    else void submission.run(event.currentTarget);
  }

  return {
    busy: submission.isPending,
    problem: errors,
    // A browser submits the form itself if the page's code has not run yet. A `get` would put a password into the address.
    form: { ref: form, method: "post" as const, onSubmit: submit, onInput: clearError, noValidate: true },
  };
}

/** Splits an error into messages beside the inputs and one message above the button for everything else. */
function toFormErrors(error: CallError, form: HTMLFormElement): FormErrors {
  const failure = toFormFailure(error);
  const fields = Object.fromEntries(Object.entries(failure.fields).filter(([name]) => form.elements.namedItem(name)));
  const otherErrors = Object.keys(failure.fields).length - Object.keys(fields).length;
  if (Object.keys(fields).length > 0 && otherErrors === 0) return { message: null, fields };
  const { openAt } = failure;
  // An error about a field without an input, such as a list of checkboxes, is more specific than `failure.message`.
  const message = Object.entries(failure.fields).find(([name]) => !(name in fields))?.[1] ?? failure.message;
  return { message: openAt ? <OpenAt message={message} openAt={openAt} /> : message, fields };
}
