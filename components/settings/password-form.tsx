"use client";
import { useState } from "react";
import { NewPassword } from "@/components/auth/new-password";
import { useSubmit } from "@/components/auth/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { api } from "@/lib/client/api";

export function PasswordForm({ email }: { email: string | null }) {
  // A new key resets the form: its fields, its hint and whether the passwords are visible.
  const [formKey, setFormKey] = useState(0);
  return <Fields key={formKey} email={email} onDone={() => setFormKey(formKey + 1)} />;
}

function Fields({ email, onDone }: { email: string | null; onDone: () => void }) {
  const { busy, problem, form } = useSubmit<"current" | "next">(async ({ current, next }) => {
    await api("password.change", { current, next });
    toast.success("Password changed. You're signed out everywhere else.");
    onDone();
  });
  return (
    <form {...form} className="grid gap-4">
      {/* Password managers read the account from this field. */}
      <input type="text" value={email ?? ""} autoComplete="username" readOnly hidden />
      <Field label="Current password" error={problem.fields.current} required>
        <PasswordInput name="current" autoComplete="current-password" />
      </Field>
      <NewPassword label="New password" name="next" size="md" error={problem.fields.next} />
      {problem.message && (
        <Banner tone="danger" className="rounded-control">
          {problem.message}
        </Banner>
      )}
      <div>
        <Button type="submit" busy={busy}>
          Change password
        </Button>
      </div>
    </form>
  );
}
