"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, PasswordInput } from "@/components/ui/input";
import { organizationsPath } from "@/lib/contract/paths";
import { openPage } from "./open-page";
import { ForgotPassword } from "./forgot-password";
import { Form } from "./form";
import { signIn } from "./sign-in";
import { useSubmit } from "./use-submit";

/**
 * Signs in and opens `next`. Without a page to return to, opens the page that asks for the organization, if the account is in several.
 */
export function SignInForm({ next, organization }: { next: string; organization: string | null }) {
  const [showsHelp, setShowsHelp] = useState(false);
  const helpId = useId();
  const state = useSubmit<"email" | "password">(async ({ email, password }) => {
    const answer = await signIn(email, password);
    if (!answer.ok) throw answer.error;
    await openPage(next === "/" ? organizationsPath : next);
  });
  const { fields } = state.problem;
  return (
    <Form state={state} submitLabel="Sign in">
      <Field label="Email" error={fields.email} required>
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
      <Field
        label="Password"
        error={fields.password}
        required
        action={
          <Button
            variant="link-accent"
            size="text"
            aria-expanded={showsHelp}
            aria-controls={helpId}
            onClick={() => setShowsHelp(!showsHelp)}
          >
            Forgot your password?
          </Button>
        }
      >
        <PasswordInput name="password" size="lg" autoComplete="current-password" />
      </Field>
      <div id={helpId} className="empty:hidden">
        {showsHelp && <ForgotPassword organization={organization} />}
      </div>
    </Form>
  );
}
