"use client";
import { type FormEvent, use, useId, useRef, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CountedInput, tooLong } from "@/components/ui/counted-input";
import { Dialog } from "@/components/ui/dialog";
import { EmojiButtons } from "@/components/ui/emoji-buttons";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { ClockContext } from "@/lib/client/hooks/use-now";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useText } from "@/lib/client/hooks/use-text";
import { limits } from "@/lib/contract/limits";
import { endTime, latestTime, type StatusEnd, statusEmojis, statusEnds, usualStatuses } from "./status-ends";
import { formOf, keptForm, type StatusForm } from "./status-form";
import { useStatus } from "./use-status";

type StatusDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Sets or clears the viewer's status. Give the dialog a new `key` each time it opens. */
export default function StatusDialog({ open, onOpenChange }: StatusDialogProps) {
  const formId = useId();
  const call = useCall();
  const clock = use(ClockContext);
  const { me } = useMe();
  const status = useStatus(me);
  const [kept, setKept] = useText("status");
  const keptBefore = keptForm(kept);
  const [changed, setChanged] = useState<StatusForm | null>(null);
  const form = changed ?? keptBefore ?? formOf(status);
  const { emoji, text, end, custom } = form;
  const saving = useMutation(async (next: { emoji: string; text: string; until: string | null }) => {
    await call("person.setStatus", next);
    setKept("");
    onOpenChange(false);
  });
  const failure = saving.error && toFormFailure(saving.error);
  const isEmpty = emoji.trim() === "" && text.trim() === "";
  const [lacksEnd, setLacksEnd] = useState(false);
  const customInput = useRef<HTMLInputElement>(null);
  const textInput = useRef<HTMLInputElement>(null);
  const length = tooLong(text, limits.status);

  /** The text is kept until it is saved, even if the dialog is closed. A common status can be chosen with one press. */
  function change(changes: Partial<StatusForm>, isKept = true) {
    const next = { ...form, ...changes };
    const typed = JSON.stringify(next);
    saving.clearError();
    setLacksEnd(false);
    setChanged(next);
    setKept(isKept && typed !== JSON.stringify(formOf(status)) ? typed : "");
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!clock) return;
    if (length) return textInput.current?.focus();
    if (!isEmpty && end === "custom" && custom === "") {
      setLacksEnd(true);
      return customInput.current?.focus();
    }
    const until = isEmpty ? null : endTime(end, custom, clock.now().date);
    void saving.run({ emoji: emoji.trim() || (isEmpty ? "" : "💬"), text, until });
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !saving.isPending && onOpenChange(next)}
      title="Set a status"
      footer={
        <>
          {status && (
            <Button variant="ghost" onClick={() => void saving.run({ emoji: "", text: "", until: null })}>
              Clear status
            </Button>
          )}
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={saving.isPending}
            disabled={isEmpty && status === null}
          >
            Save status
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {failure && !failure.fields.emoji && !failure.fields.text && !failure.fields.until && (
          <Banner tone="danger" className="rounded-control">
            {failure.message}
          </Banner>
        )}
        <div className="flex items-start gap-2">
          <Field label="Emoji" error={failure?.fields.emoji} className="w-20 flex-none">
            <Input
              value={emoji}
              maxLength={limits.emoji}
              autoComplete="off"
              data-kept
              className="text-center text-lg"
              onChange={(event) => change({ emoji: event.target.value })}
            />
          </Field>
          <Field
            label="What are you doing?"
            hint={keptBefore && "Not saved yet."}
            error={length ?? failure?.fields.text}
            className="min-w-0 flex-1"
          >
            <CountedInput
              ref={textInput}
              value={text}
              limit={limits.status}
              autoFocus
              autoComplete="off"
              data-kept
              dir="auto"
              onChange={(event) => change({ text: event.target.value })}
            />
          </Field>
        </div>
        <EmojiButtons
          emojis={statusEmojis}
          emoji={emoji}
          onChange={(next) => change({ emoji: next })}
          className="grid-cols-[repeat(auto-fill,minmax(44px,1fr))]"
        />
        <ul aria-label="Usual statuses" className="-mx-2">
          {usualStatuses.map((usual) => (
            <li key={usual.text}>
              <button
                type="button"
                aria-pressed={usual.emoji === emoji && usual.text === text}
                className="flex min-h-control w-full items-center gap-3 rounded-control px-2 text-start text-ui hover:bg-hover aria-pressed:bg-accent-soft max-md:min-h-touch"
                onClick={() => change({ ...usual, custom: usual.end === "custom" ? "" : custom }, false)}
              >
                <span aria-hidden className="w-6 flex-none text-center text-lg leading-none">
                  {usual.emoji}
                </span>
                <span className="flex-1">{usual.text}</span>
                <span className="text-xs text-ink-faint">
                  {usual.end === "custom" ? "you choose" : endLabel(usual.end).toLowerCase()}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-start gap-2 border-t pt-4">
          <Field label="Clear after" className="min-w-40 flex-1">
            <Select
              options={statusEnds}
              value={end}
              onChange={(event) => change({ end: event.target.value as StatusEnd })}
            />
          </Field>
          {end === "custom" && (
            <Field
              label="Day and time"
              error={lacksEnd ? "Choose when your status ends." : failure?.fields.until}
              className="min-w-52 flex-1"
              required
            >
              <Input
                ref={customInput}
                type="datetime-local"
                max={latestTime}
                value={custom}
                onChange={(event) => change({ custom: event.target.value })}
              />
            </Field>
          )}
        </div>
      </form>
    </Dialog>
  );
}

const endLabel = (end: StatusEnd): string => statusEnds.find(({ value }) => value === end)?.label ?? "";
