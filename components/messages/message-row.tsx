"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MessageBody } from "@/components/markdown/message-body";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { retrying } from "@/components/ui/on-demand";
import type { ActionName, MessageAction } from "./message-actions";
import { usePartIds } from "./log-context";
import type { MessageContent } from "./message-parts";
import { AuthorName, personIdOf } from "./author-name";
import { Time } from "./time";
import { clockTime, gutterTime } from "./times";
import { Tombstone } from "./tombstone";
import { type Bubble, MessageBubble } from "./message-bubble";
import { useLongPress } from "./use-long-press";

// Loaded when the pointer or the focus first reaches a message.
const MessageToolbar = dynamic(
  retrying(() => import("./message-toolbar")),
  { ssr: false },
);

type MessageRowProps = MessageContent & {
  /** How the message is shown as a bubble; null for a row. */
  bubble: Bubble | null;
  /** Whether the Tab key reaches this row. Only one row of the log is active. */
  active: boolean;
  menuOpen: boolean;
  /** Whether it mentions the viewer. Then the row stands out. */
  mentionsMe: boolean;
  actions: readonly MessageAction[];
  onAction: (name: ActionName) => void;
  onMenuOpenChange: (open: boolean) => void;
  /** Called after a long press on a touch screen. */
  onLongPress: () => void;
};

/** One message in the log. Notices are shown by `NoticeRow`. */
export function MessageRow(props: MessageRowProps) {
  const {
    message,
    grouped,
    bubble,
    active,
    menuOpen,
    mentionsMe,
    editor,
    actions,
    onAction,
    onMenuOpenChange,
    onLongPress,
  } = props;
  // Whether the pointer is over the row, or the focus is inside it.
  const [isHoveredOrFocused, setHoveredOrFocused] = useState(false);
  const longPressHandlers = useLongPress(onLongPress);
  const ids = usePartIds(message.id);
  const hasToolbar = (isHoveredOrFocused || menuOpen) && !editor && actions.length > 0;

  return (
    <article
      data-row={message.id}
      tabIndex={active ? 0 : -1}
      aria-labelledby={`${ids.author} ${ids.quote} ${ids.body} ${ids.state} ${ids.reactions} ${ids.thread} ${ids.time}`}
      onPointerEnter={(event) => event.pointerType !== "touch" && setHoveredOrFocused(true)}
      onPointerLeave={() => setHoveredOrFocused(false)}
      onFocus={() => setHoveredOrFocused(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setHoveredOrFocused(false)}
      {...(actions.length > 0 && longPressHandlers)}
      className={cn(
        "group/row relative -outline-offset-2 max-md:px-4",
        bubble
          ? cn("px-5", grouped ? "pt-0.5" : "pt-3")
          : // The padding at the end leaves space for the toolbar, which must not cover text.
            cn(
              "grid grid-cols-[36px_minmax(0,var(--spacing-reading))] gap-x-3 ps-5 pe-[182px] transition-[background-color] in-[#panel]:ps-4 in-[#panel]:pe-4 @min-[900px]:pe-[276px] max-md:gap-x-2.5",
              grouped ? "py-0.5" : "mt-2 py-1",
              (isHoveredOrFocused || menuOpen) && "bg-row-hover",
              mentionsMe &&
                "mt-2 mb-1 bg-mention py-2 before:absolute before:inset-y-0 before:start-0 before:w-[3px] before:bg-mention-line",
            ),
      )}
    >
      {bubble ? (
        <MessageBubble {...props} bubble={bubble} />
      ) : (
        <RowContent {...props} isPointedAt={isHoveredOrFocused} />
      )}
      {hasToolbar && (
        <MessageToolbar
          message={message}
          actions={actions}
          menuOpen={menuOpen}
          onMenuOpenChange={onMenuOpenChange}
          onAction={onAction}
        />
      )}
    </article>
  );
}

type RowContentProps = MessageContent & { active: boolean; isPointedAt: boolean };

/** A message as a row: the avatar, or the time of a grouped message, then the name and the text. */
function RowContent(props: RowContentProps) {
  const { message, authorName, authorPicture, isAuthorDeactivated, status, grouped, isUnsent, editor, mark } = props;
  const { quote, note, reactions, thread, active, isPointedAt, isPointer } = props;
  const ids = usePartIds(message.id);
  const personId = personIdOf(message);
  return (
    <>
      {grouped ? (
        <Time
          id={ids.time}
          at={message.createdAt}
          format={gutterTime}
          className={cn(
            "h-[22px] text-center text-2xs leading-[22px] tracking-tight text-ink-faint tabular-nums",
            !isPointedAt && "invisible",
          )}
        />
      ) : (
        <Avatar
          id={message.authorId ?? message.id}
          name={authorName}
          src={authorPicture}
          thing={message.kind !== "person"}
          cardOf={personId}
          className={isAuthorDeactivated ? "grayscale" : undefined}
        />
      )}
      <div className="min-w-0">
        {grouped ? (
          <span id={ids.author} className="sr-only select-none">
            {authorName}
          </span>
        ) : (
          <header className="mb-px flex items-baseline gap-2 leading-5">
            <AuthorName
              id={ids.author}
              personId={personId}
              isTabStop={active}
              className="min-w-0 truncate font-semibold tracking-name"
            >
              {authorName}
            </AuthorName>
            {status}
            <Time
              id={ids.time}
              at={message.createdAt}
              format={clockTime}
              className="flex-none text-xs text-ink-faint tabular-nums"
            />
          </header>
        )}
        {quote && (
          <div id={ids.quote} className="min-h-6 max-md:min-h-touch">
            {quote}
          </div>
        )}
        {editor ??
          (!isPointer &&
            (message.deletedAt ? (
              <Tombstone id={ids.body} />
            ) : (
              <div className={cn(isUnsent && "text-ink-soft")}>
                <div id={ids.body}>
                  <MessageBody body={message.body} mentions={message} isTabStop={active} after={mark} />
                </div>
                {note}
              </div>
            )))}
        {reactions && <div className="mt-1.5 mb-0.5 min-h-[26px] max-md:mb-[5px] max-md:min-h-[34px]">{reactions}</div>}
        {thread && <div className="min-h-8">{thread}</div>}
      </div>
    </>
  );
}
