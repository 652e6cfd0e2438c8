"use client";
import { api } from "@/lib/client/api";
import { pathsOf } from "@/lib/contract/paths";
import { AccountFields, type AccountName } from "./account-fields";
import { signInAndOpen } from "./enter";
import { Form } from "./form";
import { useSubmit } from "./use-submit";

type JoinFormProps = {
  token: string;
  organization: string;
  /** The only email address that can join. Null if any address can. */
  email: string | null;
};

export function JoinForm({ token, organization, email: invitedEmail }: JoinFormProps) {
  const state = useSubmit<AccountName>(async ({ name, email, password }) => {
    const { handle } = await api("invite.accept", { token, name, email, password });
    await signInAndOpen(email, password, pathsOf(handle).home);
  });
  return (
    <Form state={state} submitLabel={`Join ${organization}`}>
      <AccountFields errors={state.problem.fields} email={invitedEmail} autoFocus />
    </Form>
  );
}
