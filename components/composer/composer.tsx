"use client";
import { ArrowUp } from "lucide-react";
import dynamic from "next/dynamic";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useState } from "react";
import { touchDevice, useMedia } from "@/components/shell/use-media";
import { cn } from "@/components/ui/cn";
import { isKey } from "@/components/ui/keys";
import { dialogOnDemand, retrying } from "@/components/ui/on-demand";
import { partsOf } from "@/lib/client/draft-places";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";
import { useTypingSignal } from "@/lib/client/hooks/use-typing";
import { limits } from "@/lib/contract/limits";
import { trimBody } from "@/lib/contract/trim-body";
import { FormatBar } from "./format-bar";
import { MessageArea } from "./message-area";
import { overLimitSentence } from "./over-limit";
import { WritingButton } from "./writing-button";

// Loaded with the first reply.
const ReplyBar = dynamic(
  retrying(() => import("./reply-bar")),
  { ssr: false },
);

// Loaded with the first text that may mention everyone.
const ConfirmMention = dialogOnDemand(() => import("./confirm-mention"));
const mentionsMany = /@(?:all|channel|every(?:body|one)|here|room)/i;
/** Whether the text in a composer's field may mention so many people that a question is needed. `Suggestions` knows the groups. */
const mayMentionMany = (body: string, field: HTMLElement | null): boolean =>
  mentionsMany.test(body) || field?.hasAttribute("data-may-mention-many") === true;

/** Where the id of the message that a composer replies to is kept, beside its text. */
export const replyPlace = (place: string) => `reply.${place}`;

type ComposerProps = {
  /** Its place: a room or a thread (`placeOf`). */
  place: string;
  /** The accessible names of the form, the field and the button. The field's name is its placeholder, too. */
  names: { form: string; field: string; send: string };
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Says who will read the message. Shown at the right; on phones in the sheet of the button for writing. */
  audience?: ReactNode;
  /** Shown above the box. */
  top?: ReactNode;
  /** Shown inside the box, above the text. */
  above?: ReactNode;
  /** Whether everyone in the room gets the message. If so, a mention of many people is confirmed. */
  reachesRoom: boolean;
  /** The margins in wide windows. */
  className: string;
  onSend: (body: string, replyToId?: string) => void;
  /** Called when the Up key is pressed in an empty field. */
  onEditLast: () => void;
  /** Called when PageUp (-1) or PageDown (1) is pressed. */
  onScrollPage: (direction: 1 | -1) => void;
};

/**
 * The field in which messages to a room or a thread are written. Its text is a draft: it survives leaving the page and reloading it, and
 * my other devices show it.
 */
export function Composer(given: ComposerProps) {
  const { place, names, fieldRef, audience, top, above, reachesRoom, className, onSend, onEditLast, onScrollPage } =
    given;
  const { roomId, threadId } = partsOf(place);
  const { texts, drafts } = useParley();
  const [text, setText] = useText(place);
  const [replyToId, setReplyTo] = useText(replyPlace(place));
  const signalTyping = useTypingSignal(roomId, threadId);
  const isTouchDevice = useMedia(touchDevice);
  const problemId = useId();
  const body = trimBody(text);
  const written = { body, replyToId };
  const charactersOver = body.length - limits.messageBody;
  // What to send after a confirmation. Until then, the field is read-only.
  const [asked, setAsked] = useState<typeof written | null>(null);
  const canSend = body.length > 0 && charactersOver <= 0 && asked === null;

  // What was typed before the page's code ran is only in the field. What was kept comes before it.
  useEffect(() => {
    const [typed, saved] = [fieldRef.current?.value ?? "", texts.read(place)];
    if (typed && typed !== saved) texts.write(place, saved ? `${saved}\n\n${typed}` : typed);
  }, [fieldRef, texts, place]);

  useEffect(() => drafts.open(place), [drafts, place]);

  function submit() {
    if (!canSend) return;
    if (reachesRoom && mayMentionMany(body, fieldRef.current)) setAsked(written);
    else sendNow(written);
  }

  function sendNow(sent: typeof written) {
    onSend(sent.body, sent.replyToId || undefined);
    // What another tab or device has written since the question stays.
    if (body === sent.body) setText("");
    if (replyToId === sent.replyToId) setReplyTo("");
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
      id={threadId ? undefined : "composer"}
      aria-label={names.form}
      className={cn(
        "flex-none max-md:flex max-md:flex-wrap max-md:items-end max-md:border-t max-md:bg-surface max-md:px-2 max-md:pt-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))]",
        className,
      )}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {top}
      <div className="max-md:contents md:field-edge md:rounded-card">
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
        <WritingButton fieldRef={fieldRef} disabled={asked !== null} audience={audience} />
        <MessageArea
          ref={fieldRef}
          roomId={roomId}
          data-kept
          data-composer
          // The browser must not restore what was sent from another tab meanwhile.
          autoComplete="off"
          readOnly={asked !== null}
          value={text}
          aria-label={names.field}
          aria-describedby={charactersOver > 0 ? problemId : undefined}
          aria-invalid={charactersOver > 0 || undefined}
          placeholder={names.field}
          enterKeyHint={isTouchDevice ? "enter" : "send"}
          onTextChange={(next) => {
            setText(next);
            if (next.trim()) signalTyping();
          }}
          onEnter={isTouchDevice ? undefined : submit}
          onKeyDown={onKeyDown}
          className="min-h-10 px-3.5 pt-[11px] pb-1 max-md:field-edge max-md:w-auto max-md:min-w-0 max-md:flex-1 max-md:rounded-bubble max-md:py-2"
        />
        <div className="flex items-center gap-2 px-1.5 pt-0.5 pb-1.5 max-md:p-0 max-md:ps-1">
          <div className="max-md:hidden">
            <FormatBar fieldRef={fieldRef} disabled={asked !== null} />
          </div>
          <AudienceOrProblem id={problemId} charactersOver={charactersOver}>
            {audience}
          </AudienceOrProblem>
          <button
            type="submit"
            aria-label={names.send}
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

type AudienceOrProblemProps = { id: string; charactersOver: number; children: ReactNode };

/** Shows the audience, or by how many characters the message is too long. */
function AudienceOrProblem({ id, charactersOver, children }: AudienceOrProblemProps) {
  return (
    <span
      id={id}
      role="status"
      className={cn(
        "ms-auto text-end text-xs",
        charactersOver > 0 ? "text-danger-ink" : "text-ink-faint max-md:hidden",
      )}
    >
      {charactersOver > 0 ? `${overLimitSentence(charactersOver)} Shorten your message or split it up.` : children}
    </span>
  );
}
