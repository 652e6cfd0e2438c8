"use client";
import { api } from "@/lib/client/api";
import { AccountFields, type AccountName } from "./account-fields";
import { signInAndOpen } from "./enter";
import { Form } from "./form";
import { useSubmit } from "./use-submit";

export function JoinForm({ token, organization }: { token: string; organization: string }) {
  const state = useSubmit<AccountName>(async ({ name, email, password }) => {
    await api("invite.accept", { token, name, email, password });
    await signInAndOpen(email, password);
  });
  return (
    <Form state={state} submitLabel={`Join ${organization}`}>
      <AccountFields errors={state.problem.fields} autoFocus />
    </Form>
  );
}
