"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/input";
import { limits } from "@/lib/contract/limits";

// Changes at a few lengths only, because screen readers read the hint whenever it changes.
function hint(length: number): string {
  if (length === 0) return `At least ${limits.passwordMin} characters.`;
  if (length < limits.passwordMin) return `A little longer: at least ${limits.passwordMin} characters.`;
  return length < 16 ? "Good. Longer is stronger." : "Strong.";
}

type NewPasswordProps = { label?: string; name?: string; error?: string; size?: "md" | "lg"; autoFocus?: boolean };

/** The field for a new password. Only its length is checked. */
export function NewPassword({
  label = "Password",
  name = "password",
  error,
  size = "lg",
  autoFocus,
}: NewPasswordProps) {
  const [length, setLength] = useState(0);
  return (
    <Field label={label} error={error} hint={hint(length)} required>
      <PasswordInput
        name={name}
        size={size}
        autoFocus={autoFocus}
        autoComplete="new-password"
        minLength={limits.passwordMin}
        maxLength={limits.passwordMax}
        onChange={(event) => setLength(event.target.value.length)}
      />
    </Field>
  );
}
