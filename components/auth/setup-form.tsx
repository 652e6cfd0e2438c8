"use client";
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

export function SetupForm() {
  const { busy, problem, form } = useSubmit<"organization" | AccountName>(
    async ({ organization, name, email, password }) => {
      await api("organization.setup", { organization, name, email, password });
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
