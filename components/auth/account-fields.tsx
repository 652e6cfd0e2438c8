"use client";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { limits } from "@/lib/contract/limits";
import { NewPassword } from "./new-password";

export type AccountName = "name" | "email" | "password";

/** The fields of a new account, for the first run and for invites. */
export function AccountFields({
  errors,
  email = null,
  autoFocus,
}: {
  errors: Partial<Record<AccountName, string>>;
  /** The email address that the invite prescribes. Null if the person chooses one. */
  email?: string | null;
  autoFocus?: boolean;
}) {
  return (
    <>
      <Field label="Your name" error={errors.name} required>
        <Input name="name" size="lg" autoComplete="name" maxLength={limits.name} autoFocus={autoFocus} />
      </Field>
      <Field label="Email" error={errors.email} hint="You'll sign in with it." required>
        <Input
          name="email"
          type="email"
          size="lg"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...(email !== null && { value: email, readOnly: true })}
        />
      </Field>
      <NewPassword error={errors.password} />
    </>
  );
}
