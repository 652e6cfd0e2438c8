"use client";
import { ArrowUp } from "lucide-react";
import { useRef } from "react";
import { FormatBar } from "@/components/composer/format-bar";
import { MessageArea } from "@/components/composer/message-area";
import { overLimitSentence } from "@/components/composer/over-limit";
import { WritingButton } from "@/components/composer/writing-button";
import { touchDevice, useMedia } from "@/components/shell/use-media";
import { Button, IconButton } from "@/components/ui/button";
import { useText } from "@/lib/client/hooks/use-text";
import { conversationPlace } from "@/lib/client/stores/outbox";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import { trimBody } from "@/lib/contract/trim-body";
import { recipientNames } from "./recipient-names";

type FirstMessageProps = {
  people: readonly Pick<Person, "id" | "name">[];
  busy: boolean;
  /** Whether fewer people are chosen than the conversation has to which people are added. */
  isIncomplete: boolean;
  onOpen: () => void;
  onSend: (body: string) => void;
};

/** The field for a conversation's first message, and a button that opens the conversation without one. */
export function FirstMessage({ people, busy, isIncomplete, onOpen, onSend }: FirstMessageProps) {
  const [text, setText] = useText(conversationPlace(people.map(({ id }) => id)));
  const field = useRef<HTMLTextAreaElement>(null);
  const isTouchDevice = useMedia(touchDevice);
  const body = trimBody(text);
  const charactersOver = body.length - limits.messageBody;
  const canSend = body.length > 0 && charactersOver <= 0 && !busy && !isIncomplete;
  const names = recipientNames(people);
  const submit = () => canSend && onSend(body);
  return (
    <form
      aria-label={`Write to ${names}`}
      className="mx-4 mb-4 flex-none field-edge rounded-card max-md:mb-[max(16px,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <MessageArea
        ref={field}
        roomId={null}
        data-kept
        autoComplete="off"
        value={text}
        aria-label={`Message ${names}`}
        aria-invalid={charactersOver > 0 || undefined}
        placeholder={`Message ${names}`}
        enterKeyHint={isTouchDevice ? "enter" : "send"}
        onTextChange={setText}
        onEnter={isTouchDevice ? undefined : submit}
        className="min-h-10 px-3.5 pt-[11px] pb-1"
      />
      <div className="flex flex-wrap items-center gap-2 px-1.5 pt-0.5 pb-1.5">
        <WritingButton fieldRef={field} disabled={false} />
        <div className="max-md:hidden">
          <FormatBar fieldRef={field} disabled={false} />
        </div>
        <span role="status" className="ms-auto text-end text-xs text-danger-ink">
          {charactersOver > 0 && overLimitSentence(charactersOver)}
        </span>
        <Button variant="ghost" size="sm" busy={busy} disabled={isIncomplete} onClick={onOpen}>
          Open conversation
        </Button>
        <IconButton
          type="submit"
          label="Send"
          aria-disabled={!canSend || undefined}
          className={canSend ? "fill-primary" : "bg-press"}
        >
          <ArrowUp aria-hidden />
        </IconButton>
      </div>
    </form>
  );
}
