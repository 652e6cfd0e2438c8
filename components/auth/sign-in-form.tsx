"use client";
import { Field } from "@/components/ui/field";
import { Input, PasswordInput } from "@/components/ui/input";
import { leaveFor } from "./enter";
import { Refusal } from "./failure";
import { Form } from "./form";
import { signIn } from "./sign-in";
import { useSubmit } from "./use-submit";

export function SignInForm({ next }: { next: string }) {
  const state = useSubmit<"email" | "password">(async ({ email, password }) => {
    const answer = await signIn(email, password);
    if (!answer.ok) throw new Refusal(answer.message);
    await leaveFor(next);
  });
  const { fields } = state.problem;
  return (
    <Form state={state} submit="Sign in">
      <Field label="E-mail" error={fields.email} required>
        <Input
          name="email"
          type="email"
          size="lg"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
      </Field>
      <Field label="Password" error={fields.password} required>
        <PasswordInput name="password" size="lg" autoComplete="current-password" />
      </Field>
    </Form>
  );
}
