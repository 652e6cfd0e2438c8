"use client";
import { type FormEvent, useId, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useText } from "@/lib/client/hooks/use-text";
import { limits } from "@/lib/contract/limits";
import { organizationHandle } from "@/lib/contract/organization-handle";
import { pathsOf } from "@/lib/contract/paths";
import type { DialogState } from "./open-dialog";

const notChanged = "It can't be changed later.";

/** Creates another organization, and opens the set-up of its rooms. */
export default function CreateOrganizationDialog(dialog: DialogState) {
  const formId = useId();
  const call = useCall();
  const [name, setName] = useText("new-organization.name");
  const [typedHandle, setTypedHandle] = useText("new-organization.handle");
  const [isNameMissing, setNameMissing] = useState(false);
  const [wasTyped, setTyped] = useState(false);
  const isOwn = wasTyped || typedHandle !== "";
  // The server adds a number to this one if it is taken.
  const derivedHandle = name.trim() ? organizationHandle(name) : "";
  const creation = useMutation(async () => {
    const created = await call("organization.create", {
      name: name.trim(),
      ...(typedHandle && { handle: typedHandle }),
    });
    for (const clear of [setName, setTypedHandle]) clear("");
    // If Back restores this page from the browser's cache, the dialog would still show its spinner. So the page reloads.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    location.assign(pathsOf(created.handle).setup());
    // The button stays busy until the page is gone.
    await new Promise(() => {});
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setNameMissing(!name.trim());
    if (name.trim()) void creation.run();
  }
  const errors = creation.error?.fields ?? {};
  return (
    <Dialog
      {...dialog}
      onOpenChange={(open) => !creation.isPending && dialog.onOpenChange(open)}
      title="Create organization"
      description="It has its own people, rooms and settings. You're its owner, and switch to it in this menu."
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={creation.isPending}>
            Create organization
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {creation.error && !errors.name && !errors.handle && (
          <Banner tone="danger" className="rounded-control">
            {creation.error.message}
          </Banner>
        )}
        <Field label="Name" error={isNameMissing ? "Enter a name." : errors.name} required>
          <Input
            placeholder="e.g. Larkfield"
            autoFocus
            autoComplete="off"
            data-kept
            dir="auto"
            maxLength={limits.name}
            value={name}
            onChange={(event) => {
              creation.clearError();
              setNameMissing(false);
              setName(event.target.value);
            }}
          />
        </Field>
        <Field
          label="Address"
          hint={typedHandle ? notChanged : `A number is added if it is taken. ${notChanged}`}
          error={errors.handle}
        >
          <Input
            icon={<span className="text-ink-faint">/o/</span>}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-kept
            maxLength={40}
            placeholder={derivedHandle}
            value={isOwn ? typedHandle : derivedHandle}
            onChange={(event) => {
              creation.clearError();
              setTyped(true);
              setTypedHandle(event.target.value.toLowerCase());
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
