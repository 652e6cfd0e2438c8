"use client";
import { type FormEvent, use, useId, useRef, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { ClockContext } from "@/lib/client/hooks/use-now";
import { useChosenPresence } from "@/lib/client/hooks/use-presence";
import { choiceNames, type TimedChoice } from "./presence-words";
import { endTime, inputTime, latestTime } from "./status-ends";

type PresenceDialogProps = { choice: TimedChoice; open: boolean; onOpenChange: (open: boolean) => void };

/** Asks for the day and time until which a chosen presence lasts. Give the dialog a new `key` each time it opens. */
export default function PresenceDialog({ choice, open, onOpenChange }: PresenceDialogProps) {
  const formId = useId();
  const call = useCall();
  const clock = use(ClockContext);
  const chosen = useChosenPresence();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(chosen.choice === choice && chosen.until ? inputTime(new Date(chosen.until)) : "");
  const [lacksEnd, setLacksEnd] = useState(false);
  const saving = useMutation(async (until: string | null) => {
    await call("presence.choose", { choice, until });
    onOpenChange(false);
  });
  const failure = saving.error && toFormFailure(saving.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!clock) return;
    setLacksEnd(typed === "");
    if (typed === "") return input.current?.focus();
    void saving.run(endTime("custom", typed, clock.now().date));
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !saving.isPending && onOpenChange(next)}
      size="sm"
      title={choiceNames[choice]}
      footer={
        <>
          <Button variant="ghost" disabled={saving.isPending} onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={saving.isPending}>
            {choiceNames[choice]}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {failure && !failure.fields.until && (
          <Banner tone="danger" className="rounded-control">
            {failure.message}
          </Banner>
        )}
        <Field label="Until" error={lacksEnd ? "Choose when it ends." : failure?.fields.until} required>
          <Input
            ref={input}
            type="datetime-local"
            max={latestTime}
            autoFocus
            value={typed}
            onChange={(event) => {
              saving.clearError();
              setLacksEnd(false);
              setTyped(event.target.value);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
