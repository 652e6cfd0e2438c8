"use client";
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { isKey } from "@/components/ui/keys";
import type { CallError } from "@/lib/client/call-error";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useText } from "@/lib/client/hooks/use-text";

type EditableTextProps = {
  /** The name of the text, such as "Topic". */
  label: string;
  value: string;
  /** The name of the operation's input field, and the key of its error in `fields`. */
  field: string;
  /** The key under which the unsaved text is kept. Unique for each room and field. */
  place: string;
  maxLength: number;
  isMultiLine?: boolean;
  mayEdit: boolean;
  onSave: (text: string) => Promise<unknown>;
  /** Renders the saved text. `edit` is the Edit button, or null if the viewer may not edit. */
  children: (edit: ReactNode) => ReactNode;
};

// In `useText`, an empty string means that nothing is kept. This prefix tells a kept empty text from no text.
const sign = "=";

/**
 * A text that is edited in place. Unsaved text is kept when the person opens another room. It also stays in the editor when the
 * person loses the permission to save it; saving is then refused with the reason.
 */
export function EditableText({ label, value, field, place, mayEdit, onSave, children, ...input }: EditableTextProps) {
  const [kept, setKept] = useText(place);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const unsaved = kept.startsWith(sign) ? kept.slice(sign.length) : null;
  const isEditing = (mayEdit && isOpen) || (unsaved !== null && unsaved !== value);

  // Closing the editor removes the focused element. A layout effect moves the focus before the next paint.
  useLayoutEffect(() => {
    if (wasOpen.current && !isEditing && document.activeElement === document.body) button.current?.focus();
    wasOpen.current = isEditing;
  }, [isEditing]);

  function close() {
    setKept("");
    setOpen(false);
  }

  if (!isEditing) {
    return children(
      mayEdit ? (
        <Button
          ref={button}
          variant="link"
          className="max-md:-mr-1"
          aria-label={`Edit ${label.toLowerCase()}`}
          onClick={() => setOpen(true)}
        >
          Edit
        </Button>
      ) : null,
    );
  }
  return (
    <TextForm
      label={label}
      text={unsaved ?? value}
      savedText={value}
      field={field}
      takesFocus={isOpen}
      onChange={(text) => setKept(sign + text)}
      onSave={async (text) => {
        await onSave(text);
        close();
      }}
      onCancel={close}
      {...input}
    />
  );
}

type TextFormProps = Pick<EditableTextProps, "label" | "field" | "maxLength" | "isMultiLine" | "onSave"> & {
  text: string;
  savedText: string;
  /** Whether the input gets the focus, because the Edit button was just pressed. */
  takesFocus: boolean;
  onChange: (text: string) => void;
  onCancel: () => void;
};

function TextForm({ label, text, savedText, field, takesFocus, onChange, onCancel, onSave, ...input }: TextFormProps) {
  const { isMultiLine, maxLength } = input;
  const [textAtFirst] = useState(savedText);
  const saving = useMutation(onSave);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (takesFocus) form.current?.querySelector<HTMLInputElement>("input, textarea")?.focus();
  }, [takesFocus]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text === savedText) onCancel();
    else void saving.run(text);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (isKey(event, "mod+enter")) submit(event);
    if (!isKey(event, "esc")) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  }
  const control = {
    dir: "auto",
    "data-kept": true,
    autoComplete: "off",
    maxLength,
    readOnly: saving.isPending,
    value: text,
    onChange: (event: { target: { value: string } }) => {
      saving.clearError();
      onChange(event.target.value);
    },
  } as const;

  return (
    <form ref={form} noValidate onSubmit={submit} onKeyDown={onKeyDown} className="min-w-0 flex-1">
      <Field
        label={label}
        error={saving.error && errorSentence(saving.error, field)}
        hint={savedText === textAtFirst ? undefined : <ChangedMeanwhile text={savedText} />}
      >
        {isMultiLine ? <Textarea {...control} /> : <Input {...control} />}
      </Field>
      <div className="mt-2 flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" busy={saving.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

const errorSentence = ({ fields, message }: CallError, field: string) => fields?.[field] ?? message;

function ChangedMeanwhile({ text }: { text: string }) {
  return text ? (
    <span className="wrap-anywhere">
      Someone else has changed it to <bdi>{text}</bdi>. Saving replaces that.
    </span>
  ) : (
    "Someone else has removed it. Saving replaces that."
  );
}
