"use client";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { MessageArea } from "@/components/composer/message-area";
import { overLimitSentence } from "@/components/composer/over-limit";
import { touchDevice, useMedia } from "@/components/shell/use-media";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { isKey } from "@/components/ui/keys";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useUnfinishedEditActions, useUnfinishedEdits } from "@/lib/client/hooks/use-unfinished-edits";
import { isInRoom } from "@/lib/client/replies";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { trimBody } from "@/lib/contract/trim-body";
import { editText } from "./edit-text";
import { useLogPlace } from "./log-context";

const ConfirmMention = dialogOnDemand(() => import("@/components/composer/confirm-mention"));

type EditMessageProps = {
  message: Message;
  /** `basedOn` is the `editedAt` of the version that the editor started from. */
  onSave: (body: string, basedOn: string | null) => Promise<unknown>;
  onDone: () => void;
  onDelete: () => void;
};

/**
 * The editor that replaces a message while it is edited. Enter saves, Esc cancels. Until then, the text survives leaving the
 * room.
 */
export default function EditMessage({ message, onSave, onDone, onDelete }: EditMessageProps) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const logPlace = useLogPlace(message.roomId);
  const unfinished = useUnfinishedEdits(logPlace).get(message.id);
  const { keepEdit, removeEdit } = useUnfinishedEditActions(logPlace);
  const isTouchDevice = useMedia(touchDevice);

  const { stores } = useParley();
  const body = useMemo(() => {
    const { people } = stores.people.getState();
    const { me } = stores.rooms.getState();
    return editText(message, (id) => (id === me.id ? me.handle : (people.get(id)?.handle ?? null)));
  }, [message, stores]);
  const { text, basedOn } = unfinished ?? { text: body, basedOn: message.editedAt };
  const charactersOver = trimBody(text).length - limits.messageBody;
  const deleted = message.deletedAt !== null;
  const saving = useMutation(async (written: string) => {
    await onSave(written, basedOn);
    close();
  });
  const hasConflict = !saving.isPending && !deleted && basedOn !== message.editedAt && trimBody(text) !== body;
  // The text to save after a question whom it mentions, if there has to be one.
  const [asked, setAsked] = useState<string | null>(null);
  const isBusy = saving.isPending || asked !== null;
  function keepText(next: string, from = basedOn) {
    saving.clearError();
    keepEdit(message.id, { text: next, basedOn: from, sentAt: message.createdAt });
  }

  useEffect(() => {
    const field = fieldRef.current;
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  function close() {
    removeEdit(message.id);
    onDone();
  }

  function save() {
    const written = trimBody(text);
    if (isBusy || charactersOver > 0 || hasConflict || deleted) return;
    if (written === trimBody(body)) close();
    // Of what only a thread shows, nobody in the room is told.
    else if (written.includes("@") && isInRoom(message)) setAsked(written);
    else if (written) void saving.run(written);
    else onDelete();
  }

  const problem = charactersOver > 0 ? overLimitSentence(charactersOver) : saving.error?.message;
  return (
    <div className="field-edge mt-1 mb-1 rounded-card">
      {asked !== null && (
        <ConfirmMention
          open
          onOpenChange={(open) => !open && setAsked(null)}
          roomId={message.roomId}
          body={asked}
          already={message.mentions}
          confirmLabel="Save changes"
          onConfirm={() => void saving.run(asked)}
        />
      )}
      <MessageArea
        ref={fieldRef}
        roomId={message.roomId}
        aria-label="Edit message"
        data-kept
        readOnly={isBusy}
        value={text}
        onTextChange={(next) => keepText(next)}
        onEnter={isTouchDevice ? undefined : save}
        onKeyDown={(event) => {
          if (!isKey(event, "esc")) return;
          event.preventDefault();
          event.stopPropagation();
          close();
        }}
        className="px-3 pt-2 pb-1"
      />
      {hasConflict && (
        <ConflictNote title="Changed meanwhile:" body={body}>
          <Button size="sm" onClick={() => (keepText(text, message.editedAt), fieldRef.current?.focus())}>
            Keep mine
          </Button>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => (keepText(body, message.editedAt), fieldRef.current?.focus())}
          >
            Use the other
          </Button>
        </ConflictNote>
      )}
      {deleted && <ConflictNote title="This message was deleted." />}
      <div className="flex flex-wrap items-center gap-2 px-2 pb-2">
        <span role="status" className="min-w-0 flex-1 px-1 text-xs text-danger-ink">
          {!hasConflict && problem}
        </span>
        <Button size="sm" variant="ghost" onClick={close}>
          Cancel
        </Button>
        <Button
          size="sm"
          variant="primary"
          busy={isBusy}
          disabled={charactersOver > 0 || hasConflict || deleted}
          onClick={save}
        >
          Save
        </Button>
      </div>
    </div>
  );
}

/** Says that the message was changed or deleted while it was being edited. */
function ConflictNote({ title, body, children }: { title: string; body?: string; children?: ReactNode }) {
  return (
    <div role="status" className="mx-2 mb-2 rounded-control bg-warning-soft px-3 py-2 text-sm text-warning-ink">
      <b className="font-semibold">{title}</b>
      {body && (
        <p dir="auto" className="mt-0.5 line-clamp-4 whitespace-pre-wrap text-ink wrap-anywhere">
          {body}
        </p>
      )}
      {children && <div className="mt-2 flex flex-wrap gap-1">{children}</div>}
    </div>
  );
}
