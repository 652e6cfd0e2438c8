"use client";
import { useEffect, useRef, useState } from "react";
import { MessageArea } from "@/components/composer/message-area";
import { thumbs, useMedia } from "@/components/shell/use-media";
import { Button } from "@/components/ui/button";
import { isKey } from "@/components/ui/keys";
import { limits } from "@/lib/contract/limits";
import { trimBody } from "@/lib/contract/trim-body";

type EditMessageProps = {
  body: string;
  onSave: (body: string) => Promise<unknown>;
  onDone: () => void;
  onDelete: () => void;
};

/** A message being changed in its own place. Esc leaves it as it was, Enter saves. */
export function EditMessage({ body, onSave, onDone, onDelete }: EditMessageProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(body);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const onPhone = useMedia(thumbs);
  const over = trimBody(text).length - limits.messageBody;

  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(body.length, body.length);
    area.current?.scrollIntoView({ block: "nearest" });
  }, [body.length]);

  async function save() {
    const next = trimBody(text);
    if (next === trimBody(body)) return onDone();
    if (!next) return onDelete();
    if (over > 0 || busy) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await onSave(next);
      onDone();
    } catch (error) {
      setFailed((error instanceof Error && error.message) || "That did not work. Try again.");
      setBusy(false);
    }
  }

  const problem = over > 0 ? `${over.toLocaleString()} characters too long.` : failed;
  return (
    <div className="field-edge mt-1 mb-1 rounded-card">
      <MessageArea
        ref={area}
        aria-label="Edit message"
        value={text}
        onText={setText}
        onEnter={onPhone ? undefined : () => void save()}
        onKeyDown={(event) => {
          if (!isKey(event, "esc")) return;
          event.preventDefault();
          event.stopPropagation();
          onDone();
        }}
        className="px-3 pt-2 pb-1"
      />
      <div className="flex flex-wrap items-center gap-2 px-2 pb-2">
        <span role="status" className="min-w-0 flex-1 px-1 text-xs text-danger-ink">
          {problem}
        </span>
        <Button size="sm" variant="ghost" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" busy={busy} disabled={over > 0} onClick={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  );
}
