"use client";
import { api } from "@/lib/client/api";
import { signInAndOpen } from "./enter";
import { Form } from "./form";
import { NewPassword } from "./new-password";
import { useSubmit } from "./use-submit";

export function ResetForm({ token }: { token: string }) {
  const state = useSubmit<"password">(async ({ password }) => {
    const { email } = await api("password.reset", { token, password });
    await signInAndOpen(email, password);
  });
  return (
    <Form state={state} submitLabel="Set password and sign in">
      <NewPassword label="New password" error={state.problem.fields.password} autoFocus />
    </Form>
  );
}
