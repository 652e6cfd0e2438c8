"use client";
import { useEffect, useRef } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { api } from "@/lib/client/api";
import { limits } from "@/lib/contract/limits";
import { AccountFields, type AccountName } from "./account-fields";
import { enter } from "./enter";
import { FirstRooms } from "./first-rooms";
import { useSubmit } from "./use-submit";

/** `asksCode`: somebody else could come first, so that whoever set the server up has to show that it was them. */
export function SetupForm({ asksCode }: { asksCode: boolean }) {
  const { busy, problem, form } = useSubmit<"organization" | AccountName | "code">(
    async ({ organization, name, email, password, code }) => {
      await api("organization.setup", { organization, name, email, password, ...(code && { code }) });
      await enter(email, password);
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
      <section className="mt-6 border-t pt-5">
        <h3 className="text-md">Your first rooms</h3>
        <p className="mt-0.5 mb-3 text-sm text-ink-faint">Rooms with a group are found only by people in it.</p>
        <FirstRooms />
      </section>
      {problem.message && (
        <Banner tone="danger" className="mt-5 rounded-control">
          {problem.message}
        </Banner>
      )}
      <div className="mt-5 flex justify-end border-t pt-5">
        <Button type="submit" variant="primary" size="lg" busy={busy} className="max-md:w-full">
          Set up Parley
        </Button>
      </div>
    </form>
  );
}

/** The address that the start prints brings the code along, behind the #: that part of it is in no log on the way. */
function SetupCode({ error }: { error: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const code = new URLSearchParams(location.hash.slice(1)).get("code");
    if (code && input.current?.value === "") input.current.value = code;
  }, []);
  return (
    <Field label="Set-up code" error={error} hint="Parley printed it when it was started." required>
      <Input ref={input} name="code" size="lg" autoComplete="off" autoCapitalize="none" spellCheck={false} />
    </Field>
  );
}
