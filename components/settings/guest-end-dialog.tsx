"use client";
import { type FormEvent, useId, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Person } from "@/lib/contract/person";
import { endOfDay, lastDayOf } from "./end-of-day";

type GuestEndDialogProps = {
  person: Person;
  endsAt: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

/** Chooses the last day on which a guest has access. Give it a new `key` each time it opens. */
export function GuestEndDialog({ person, endsAt, onDone, ...dialog }: GuestEndDialogProps) {
  const formId = useId();
  const call = useCall();
  const [day, setDay] = useState(endsAt === null ? "" : lastDayOf(endsAt));
  const saving = useMutation(async (end: string | null) => {
    await call("person.setEnd", { personId: person.id, endsAt: end });
    toast.success(end === null ? `${person.name}'s access has no end.` : `${person.name}'s access ends on that day.`);
    dialog.onOpenChange(false);
    onDone();
  });
  const failure = saving.error && toFormFailure(saving.error);
  function submit(event: FormEvent) {
    event.preventDefault();
    void saving.run(day === "" ? null : endOfDay(day));
  }
  return (
    <Dialog
      {...dialog}
      onOpenChange={(open) => !saving.isPending && dialog.onOpenChange(open)}
      title={`End of access for ${person.name}`}
      description="At the end of that day, in your time zone, they're signed out. A later day gives them access again."
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={saving.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <Field label="Last day" hint="Leave this empty to let them stay." error={failure?.fields.endsAt}>
          <Input
            type="date"
            autoFocus
            value={day}
            onChange={(event) => {
              saving.clearError();
              setDay(event.target.value);
            }}
          />
        </Field>
        {failure && !failure.fields.endsAt && (
          <Banner tone="danger" className="mt-4 rounded-control">
            {failure.message}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
