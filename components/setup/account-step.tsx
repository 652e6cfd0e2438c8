"use client";
import { ArrowRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { AccountFields, type AccountName } from "@/components/auth/account-fields";
import { signInAndOpen } from "@/components/auth/enter";
import { useSubmit } from "@/components/auth/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { api } from "@/lib/client/api";
import { limits } from "@/lib/contract/limits";
import { StepFoot } from "./foot";

/**
 * Step 1: creates the organization, its owner and the room General, then signs in. `asksCode`: whether to ask for the setup
 * code, because other people can reach the server.
 */
export function AccountStep({ asksCode }: { asksCode: boolean }) {
  const { busy, problem, form } = useSubmit<"organization" | AccountName | "code">(
    async ({ organization, name, email, password, code }) => {
      await api("organization.setup", { organization, name, email, password, rooms: [], ...(code && { code }) });
      await signInAndOpen(email, password, "/setup");
    },
  );
  return (
    <form {...form}>
      <div className="grid items-start gap-x-5 gap-y-4 md:grid-cols-2">
        <Field label="Organization" error={problem.fields.organization} hint="Your team or company." required>
          <Input name="organization" size="lg" autoComplete="organization" maxLength={limits.name} autoFocus />
        </Field>
        <AccountFields errors={problem.fields} />
        {asksCode && <SetupCode error={problem.fields.code} />}
      </div>
      {problem.message && (
        <Banner tone="danger" className="mt-5 rounded-control">
          {problem.message}
        </Banner>
      )}
      <StepFoot>
        <Button type="submit" variant="primary" size="lg" busy={busy} className="max-md:w-full">
          Continue
          <ArrowRight aria-hidden />
        </Button>
      </StepFoot>
    </form>
  );
}

/** The setup code, filled in from the address that `npm start` prints. The code is after the #, which no proxy logs. */
function SetupCode({ error }: { error: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const code = new URLSearchParams(location.hash.slice(1)).get("code");
    if (code && input.current?.value === "") input.current.value = code;
  }, []);
  return (
    <Field label="Setup code" error={error} hint="Parley printed it when it was started." required>
      <Input ref={input} name="code" size="lg" autoComplete="off" autoCapitalize="none" spellCheck={false} />
    </Field>
  );
}
