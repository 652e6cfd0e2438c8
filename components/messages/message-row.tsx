"use client";
import { type ReactNode, useState } from "react";
import { MessageBody } from "@/components/markdown/message-body";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import type { Message } from "@/lib/contract/message";
import type { ActionName, MessageAction } from "./message-actions";
import { partIds } from "./message-parts";
import { MessageToolbar } from "./message-toolbar";
import { Time } from "./time";
import { clockTime, gutterTime } from "./times";
import { Tombstone } from "./tombstone";
import { useLongPress } from "./use-long-press";

type MessageRowProps = {
  message: Message;
  authorName: string;
  grouped: boolean;
  /** The one row of the log that Tab reaches. */
  active: boolean;
  /** Not sent yet. */
  pale: boolean;
  menuOpen: boolean;
  /** Its editor, in the body's place. */
  editor?: ReactNode;
  /** Behind the text: that it was edited, that it waits. */
  mark?: ReactNode;
  /** Under the text: that it was refused. */
  note?: ReactNode;
  actions: readonly MessageAction[];
  onAction: (name: ActionName) => void;
  onMenu: (open: boolean) => void;
  /** A long press. */
  onPress: () => void;
};

/** One message: its author's first in full, those that follow without a second avatar. */
export function MessageRow(props: MessageRowProps) {
  const {
    message,
    authorName,
    grouped,
    active,
    pale,
    menuOpen,
    editor,
    mark,
    note,
    actions,
    onAction,
    onMenu,
    onPress,
  } = props;
  const [near, setNear] = useState(false);
  const press = useLongPress(onPress);
  const ids = partIds(message.id);
  const withToolbar = (near || menuOpen) && !editor && actions.length > 0;

  return (
    <article
      data-row={message.id}
      tabIndex={active ? 0 : -1}
      aria-labelledby={`${ids.author} ${ids.body} ${ids.state} ${ids.time}`}
      onPointerEnter={(event) => event.pointerType !== "touch" && setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setNear(false)}
      {...(actions.length > 0 && press)}
      className={cn(
        // The end is kept free for the toolbar, so that it never covers text.
        "group/row relative grid grid-cols-[36px_minmax(0,var(--spacing-reading))] gap-x-3 ps-5 pe-[122px] -outline-offset-2 transition-[background-color] max-md:gap-x-2.5 max-md:px-4",
        grouped ? "py-0.5" : "mt-2 py-1",
        (near || menuOpen) && "bg-row-hover",
      )}
    >
      {grouped ? (
        <Time
          id={ids.time}
          at={message.createdAt}
          format={gutterTime}
          className={cn(
            "h-[22px] text-center text-2xs leading-[22px] tracking-tight text-ink-faint tabular-nums",
            !near && "invisible",
          )}
        />
      ) : (
        <Avatar id={message.authorId ?? message.id} name={authorName} thing={message.kind !== "person"} />
      )}
      <div className="min-w-0">
        {grouped ? (
          <span id={ids.author} className="sr-only select-none">
            {authorName}
          </span>
        ) : (
          <header className="mb-px flex items-baseline gap-2 leading-5">
            <span id={ids.author} className="truncate font-semibold tracking-name">
              <bdi>{authorName}</bdi>
            </span>
            <Time
              id={ids.time}
              at={message.createdAt}
              format={clockTime}
              className="flex-none text-xs text-ink-faint tabular-nums"
            />
          </header>
        )}
        {editor ??
          (message.deletedAt ? (
            <Tombstone id={ids.body} />
          ) : (
            <div className={cn(pale && "text-ink-soft")}>
              <div id={ids.body}>
                <MessageBody body={message.body} after={mark} />
              </div>
              {note}
            </div>
          ))}
      </div>
      {withToolbar && (
        <MessageToolbar actions={actions} menuOpen={menuOpen} onMenuOpenChange={onMenu} onAction={onAction} />
      )}
    </article>
  );
}
