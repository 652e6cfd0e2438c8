"use client";
import { ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from "react";
import { mayMentionMany, replyPlace } from "@/components/composer/composer";
import ConfirmMention from "@/components/composer/confirm-mention";
import { FormatBar } from "@/components/composer/format-bar";
import { MessageArea } from "@/components/composer/message-area";
import { overLimitSentence } from "@/components/composer/over-limit";
import ReplyBar from "@/components/composer/reply-bar";
import { touchDevice, useMedia } from "@/components/shell/use-media";
import { Checkbox } from "@/components/ui/choices";
import { cn } from "@/components/ui/cn";
import { isKey } from "@/components/ui/keys";
import { placeOf } from "@/lib/client/draft-places";
import { useOutbox } from "@/lib/client/hooks/use-outbox";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";
import { useTypingSignal } from "@/lib/client/hooks/use-typing";
import { limits } from "@/lib/contract/limits";
import { trimBody } from "@/lib/contract/trim-body";

type ThreadComposerProps = {
  roomId: string;
  threadId: string;
  /** The room's name as used in a sentence, such as "#general". */
  label: string;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Shown inside the box, above the text. */
  above?: ReactNode;
  onEditLast: () => void;
  onScrollPage: (direction: 1 | -1) => void;
};

/** The field in which replies are written. Its text is a draft, like that of a room's composer. */
export function ThreadComposer({
  roomId,
  threadId,
  label,
  fieldRef,
  above,
  onEditLast,
  onScrollPage,
}: ThreadComposerProps) {
  const { drafts } = useParley();
  const place = placeOf({ roomId, threadId });
  const [text, setText] = useText(place);
  const [replyToId, setReplyTo] = useText(replyPlace(place));
  const [alsoInRoom, setAlsoInRoom] = useState(false);
  const { send } = useOutbox();
  const signalTyping = useTypingSignal(roomId, threadId);
  const isTouchDevice = useMedia(touchDevice);
  const body = trimBody(text);
  const written = { body, replyToId, alsoInRoom };
  const charactersOver = body.length - limits.messageBody;
  // What to send after a confirmation. Until then, the field is read-only.
  const [asked, setAsked] = useState<typeof written | null>(null);
  const canSend = body.length > 0 && charactersOver <= 0 && asked === null;

  useEffect(() => drafts.open(place), [drafts, place]);

  function submit() {
    if (!canSend) return;
    if (alsoInRoom && mayMentionMany(body, fieldRef.current)) setAsked(written);
    else sendNow(written);
  }

  function sendNow(sent: typeof written) {
    const reply = { threadId, alsoInRoom: sent.alsoInRoom };
    send(roomId, sent.body, { isDraft: true, replyToId: sent.replyToId || undefined, reply });
    // What another tab or device has written since the question stays.
    if (body === sent.body) setText("");
    if (replyToId === sent.replyToId) setReplyTo("");
    setAlsoInRoom(false);
    fieldRef.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (isKey(event, "up") && !text) onEditLast();
    else if (isKey(event, "esc") && replyToId) setReplyTo("");
    else if (isKey(event, "pageup")) onScrollPage(-1);
    else if (isKey(event, "pagedown")) onScrollPage(1);
    else return;
    event.preventDefault();
  }

  return (
    <form
      aria-label="Reply in the thread"
      className="flex-none px-3 pb-3 max-md:pb-[max(8px,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Checkbox
        className="px-1 pb-1.5"
        label={`Also send to ${label}`}
        checked={alsoInRoom}
        onChange={(event) => setAlsoInRoom(event.target.checked)}
      />
      <div className="rounded-card bg-surface field-edge">
        {above}
        {asked !== null && (
          <ConfirmMention
            open
            onOpenChange={(open) => !open && setAsked(null)}
            roomId={roomId}
            body={asked.body}
            onConfirm={() => sendNow(asked)}
          />
        )}
        {replyToId && (
          <ReplyBar
            roomId={roomId}
            messageId={replyToId}
            onRemove={() => {
              setReplyTo("");
              fieldRef.current?.focus();
            }}
          />
        )}
        <MessageArea
          ref={fieldRef}
          roomId={roomId}
          data-kept
          data-composer
          autoComplete="off"
          readOnly={asked !== null}
          value={text}
          aria-label="Reply"
          aria-describedby={charactersOver > 0 ? "reply-problem" : undefined}
          aria-invalid={charactersOver > 0 || undefined}
          placeholder="Reply"
          enterKeyHint={isTouchDevice ? "enter" : "send"}
          onTextChange={(next) => {
            setText(next);
            if (next.trim()) signalTyping();
          }}
          onEnter={isTouchDevice ? undefined : submit}
          onKeyDown={onKeyDown}
          className="min-h-10 px-3.5 pt-[11px] pb-1"
        />
        <div className="flex items-center gap-2 px-1.5 pt-0.5 pb-1.5">
          <div className="max-md:hidden">
            <FormatBar fieldRef={fieldRef} disabled={asked !== null} />
          </div>
          <span id="reply-problem" role="status" className="ml-auto text-right text-xs text-danger-ink">
            {charactersOver > 0 && `${overLimitSentence(charactersOver)} Shorten your reply or split it up.`}
          </span>
          <button
            type="submit"
            aria-label="Send reply"
            aria-disabled={!canSend || undefined}
            onPointerDown={(event) => event.preventDefault()}
            className={cn(
              "inline-flex size-control flex-none items-center justify-center rounded-control transition-[background-color,color] max-md:size-10 max-md:rounded-full",
              canSend ? "fill-primary" : "bg-press text-ink-faint",
            )}
          >
            <ArrowUp aria-hidden className="size-[18px]" />
          </button>
        </div>
      </div>
    </form>
  );
}
