"use client";
import { type FormEvent, use, useId, useRef, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMe } from "@/lib/client/hooks/use-me";
import { ClockContext } from "@/lib/client/hooks/use-now";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { limits } from "@/lib/contract/limits";
import { endTime, inputTime, latestTime, type StatusEnd, statusEnds, usualStatuses } from "./status-ends";
import { useStatus } from "./use-status";

type StatusDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Sets or clears the viewer's status. Give the dialog a new `key` each time it opens. */
export default function StatusDialog({ open, onOpenChange }: StatusDialogProps) {
  const formId = useId();
  const call = useCall();
  const clock = use(ClockContext);
  const { me } = useMe();
  const status = useStatus(me);
  const [emoji, setEmoji] = useState(status?.emoji ?? "");
  const [text, setText] = useState(status?.text ?? "");
  const [end, setEnd] = useState<StatusEnd>(status?.until ? "custom" : "never");
  const [custom, setCustom] = useState(status?.until ? inputTime(new Date(status.until)) : "");
  const saving = useMutation(async (next: { emoji: string; text: string; until: string | null }) => {
    await call("person.setStatus", next);
    onOpenChange(false);
  });
  const failure = saving.error && toFormFailure(saving.error);
  const isEmpty = emoji.trim() === "" && text.trim() === "";
  const [lacksEnd, setLacksEnd] = useState(false);
  const customInput = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!clock) return;
    if (!isEmpty && end === "custom" && custom === "") {
      setLacksEnd(true);
      return customInput.current?.focus();
    }
    const until = isEmpty ? null : endTime(end, custom, clock.now().date);
    void saving.run({ emoji: emoji.trim() || (isEmpty ? "" : "💬"), text, until });
  }
  function choose(usual: (typeof usualStatuses)[number]) {
    saving.clearError();
    setEmoji(usual.emoji);
    setText(usual.text);
    setEnd(usual.end);
    if (usual.end === "custom") setCustom("");
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
              className="text-center text-lg"
              onChange={(event) => {
                saving.clearError();
                setEmoji(event.target.value);
              }}
            />
          </Field>
          <Field label="What are you doing?" error={failure?.fields.text} className="min-w-0 flex-1">
            <Input
              value={text}
              maxLength={limits.status}
              autoFocus
              autoComplete="off"
              dir="auto"
              onChange={(event) => {
                saving.clearError();
                setText(event.target.value);
              }}
            />
          </Field>
        </div>
        <ul aria-label="Usual statuses" className="-mx-2">
          {usualStatuses.map((usual) => (
            <li key={usual.text}>
              <button
                type="button"
                aria-pressed={usual.emoji === emoji && usual.text === text}
                className="flex min-h-control w-full items-center gap-3 rounded-control px-2 text-start text-ui hover:bg-hover aria-pressed:bg-accent-soft max-md:min-h-touch"
                onClick={() => choose(usual)}
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
              onChange={(event) => {
                saving.clearError();
                setEnd(event.target.value as StatusEnd);
              }}
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
                onChange={(event) => {
                  saving.clearError();
                  setLacksEnd(false);
                  setCustom(event.target.value);
                }}
              />
            </Field>
          )}
        </div>
      </form>
    </Dialog>
  );
}

const endLabel = (end: StatusEnd): string => statusEnds.find(({ value }) => value === end)?.label ?? "";
