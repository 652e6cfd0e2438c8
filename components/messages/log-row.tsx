"use client";
import dynamic from "next/dynamic";
import { memo } from "react";
import { accountWords } from "@/components/people/account-words";
import { StatusEmoji } from "@/components/profile/status-emoji";
import { MissingNote } from "@/components/ui/missing-note";
import { retrying } from "@/components/ui/on-demand";
import { usePaths } from "@/components/shell/place";
import { useIsReacting } from "@/lib/client/hooks/use-is-reacting";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePerson } from "@/lib/client/hooks/use-person";
import type { LogItem } from "@/lib/client/hooks/use-log";
import { useThreadSummary } from "@/lib/client/hooks/use-threads";
import { isMention } from "@/lib/client/unread";
import { FailedNote, WaitingMark } from "./unsent-state";
import { EditedMark } from "./edited-mark";
import { useLogContext, usePartIds } from "./log-context";
import { isCollapsed, isPointer as isPointerIn, noticesOf } from "./log-rows";
import { actionsFor, hasReactions } from "./message-actions";
import { MessageRow } from "./message-row";
import { NoticeRow } from "./notice-row";
import { DateSeparator, NewSeparator } from "./separators";

const EditMessage = dynamic(
  retrying(() => import("./edit-message"), MissingNote),
  { ssr: false },
);

// Loaded when a log first shows a reaction. Its place is kept.
const Reactions = dynamic(
  retrying(() => import("@/components/reactions/reactions")),
  { ssr: false },
);

// Loaded when a log first shows a message that has a thread.
const ThreadNote = dynamic(
  retrying(() => import("@/components/threads/thread-note")),
  { ssr: false },
);

// Loaded when a log first shows such a message. Until it is loaded, the row is empty.
const BlockedRow = dynamic(
  retrying(() => import("./blocked-row")),
  { ssr: false },
);

// Loaded when a log first shows a reply, or a message with a link to another one.
const Quote = dynamic(
  retrying(() => import("./quote")),
  { ssr: false },
);
const LinkedMessages = dynamic(
  retrying(() => import("./linked-messages")),
  { ssr: false },
);

type LogRowProps = {
  item: LogItem;
  /** Whether the next row belongs to the same group. */
  continues: boolean;
  active: boolean;
  editing: boolean;
  menuOpen: boolean;
  historyOpen: boolean;
};

/** One row of a log: a date, the divider "New", notices or a message. */
export const LogRow = memo(function LogRow({ item, ...state }: LogRowProps) {
  if (item.type === "date") return <DateSeparator day={item.day} />;
  if (item.type === "new") return <NewSeparator />;
  const notices = noticesOf(item);
  if (notices) return <NoticeRow rowKey={item.key} notices={notices} active={state.active} />;
  return isCollapsed(item) ? <CollapsedRow item={item} {...state} /> : <PersonRow item={item} {...state} />;
});

type PersonRowProps = LogRowProps & { item: Extract<LogItem, { type: "message" }> };

function CollapsedRow({ item: { message }, active }: PersonRowProps) {
  const ids = usePartIds(message.id);
  return (
    <article
      data-row={message.id}
      tabIndex={active ? 0 : -1}
      aria-labelledby={`${ids.body} ${ids.time}`}
      className="min-h-11 -outline-offset-2"
    >
      <BlockedRow message={message} active={active} />
    </article>
  );
}

function PersonRow({ item, continues, active, editing, menuOpen, historyOpen }: PersonRowProps) {
  const { message, grouped, unsent } = item;
  const { permissionContext, actions, bubbles } = useLogContext();
  const ids = usePartIds(message.id);
  const summary = useThreadSummary(message.roomId, message.id);
  const { me } = useMe();
  const paths = usePaths();
  const other = usePerson(message.authorId);
  const author = message.authorId === me.id ? me : other;

  const authorState = author?.deactivatedAt ? (
    <span className="flex-none text-xs text-ink-faint">{accountWords.deactivated}</span>
  ) : (
    author?.statusEmoji && <StatusEmoji person={author} className="text-sm" />
  );
  const stateMark =
    unsent?.state === "waiting" ? (
      <WaitingMark id={ids.state} />
    ) : (
      (message.editedAt || message.pinnedAt) && (
        <>
          {message.editedAt && (
            <EditedMark
              message={message}
              open={historyOpen}
              onOpenChange={(open) => actions.openHistory(open ? message.id : null)}
            />
          )}
          {message.pinnedAt && (
            <span id={ids.state} className="ms-1 not-copied text-xs text-ink-faint">
              (pinned)
            </span>
          )}
        </>
      )
    );
  const failedNote = unsent?.state === "failed" && (
    <FailedNote
      id={ids.state}
      reason={unsent.reason}
      onRetry={() => actions.retry(message.id)}
      onEdit={() => actions.returnToComposer(message.id)}
      onDiscard={() => actions.removeUnsent(message.id)}
    />
  );
  const isPointer = isPointerIn(message, permissionContext.thread !== undefined);
  const offered = unsent ? [] : actionsFor(permissionContext, message);
  const isReacting = useIsReacting(message.id);
  const reactions = !message.deletedAt && !isPointer && (isReacting || hasReactions(message)) && (
    <Reactions
      message={message}
      mayReact={offered.some(({ key }) => key === "react")}
      isTabStop={active}
      isOnBubble={bubbles !== null}
      onPick={() => actions.act("react", message)}
      onShowWho={() => actions.act("reactions", message)}
    />
  );
  const editor = editing && (
    <EditMessage
      message={message}
      onSave={(body, basedOn) => actions.save(message.id, body, basedOn)}
      onDone={() => actions.stopEditing(message.id)}
      onDelete={() => actions.act("delete", message)}
    />
  );

  return (
    <MessageRow
      message={message}
      authorName={author?.name ?? "…"}
      authorPicture={author?.picture ? paths.picture("person", author.id, author.picture, 96) : null}
      isAuthorDeactivated={Boolean(author?.deactivatedAt)}
      status={!grouped && authorState}
      grouped={grouped}
      bubble={
        bubbles && {
          isMine: message.authorId === me.id,
          isNamed: bubbles === "named" && message.authorId !== me.id && !grouped,
          continues,
          hasFailed: unsent?.state === "failed",
        }
      }
      active={active}
      isUnsent={unsent !== null}
      isPointer={isPointer}
      menuOpen={menuOpen}
      mentionsMe={!isPointer && message.authorId !== me.id && isMention(message, me.id)}
      mark={stateMark || undefined}
      quote={
        message.replyToId &&
        !message.deletedAt &&
        !isPointer && <Quote roomId={message.roomId} messageId={message.replyToId} isTabStop={active} />
      }
      note={
        <>
          {failedNote}
          {!isPointer && message.body.includes("/m/") && <LinkedMessages body={message.body} isTabStop={active} />}
        </>
      }
      thread={
        !permissionContext.thread &&
        ((summary?.count ?? 0) > 0 || message.threadId) && (
          <ThreadNote id={ids.thread} message={message} summary={summary} isTabStop={active} />
        )
      }
      editor={editor || undefined}
      reactions={reactions || undefined}
      actions={offered}
      onAction={(name) => actions.act(name, message)}
      onMenuOpenChange={(open) => actions.openMenu(open ? message.id : null)}
      onLongPress={() => actions.openActions(message)}
    />
  );
}
