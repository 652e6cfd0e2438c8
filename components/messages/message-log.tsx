"use client";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/toast";
import { isKey, isText } from "@/components/ui/keys";
import type { Visible } from "@/lib/client/auto-read";
import type { LogPart } from "@/lib/client/hooks/use-log";
import type { OutboxEntry } from "@/lib/client/stores/outbox";
import type { Bubbles } from "./bubbles";
import { Announcer } from "./announcer";
import { JumpToLatest } from "./jump-to-latest";
import { LogContext } from "./log-context";
import { LogDialogs } from "./log-dialogs";
import { LogRow } from "./log-row";
import { LoadingOlder } from "./loading-older";
import LogSelection, { type SelectionEnds } from "./log-selection";
import { continuesIn, isCollapsed, messageOf, withStartRow } from "./log-rows";
import { actionOfShortcut, actionsFor, type PermissionContext } from "./message-actions";
import { useLogActions } from "./use-log-actions";
import { headerHeight, jumpButtonFromPx, seenEndWithinPx } from "./log-drawing";
import { isShown, useLogScroll } from "./use-log-scroll";
import { useMissedCount } from "./use-missed";
import { useRovingFocus } from "./use-roving";
import { useFindRow } from "./use-find-row";
import { useReportVisible } from "./use-report-visible";
import { sayNotFound, useSoughtMessage } from "./use-sought-message";

/** The functions of a log that other components, such as the composer, call. */
export interface LogHandle {
  /** Edits the viewer's last message, if there is one. */
  editLast(): void;
  /** Scrolls by 90 % of the visible height: 1 is down, -1 is up. */
  scrollPage(direction: 1 | -1): void;
}

type MessageLogProps = {
  ref?: Ref<LogHandle>;
  roomId: string;
  /** The room's name as used in a sentence, such as "#general". */
  label: string;
  permissionContext: PermissionContext;
  /** The style of bubbles; null for rows. */
  bubbles: Bubbles | null;
  /** How many other people see the room's messages. */
  otherPeopleCount: number;
  /** The part of the room's log to show. */
  log: LogPart;
  /** Shown above the room's first message. */
  start: ReactNode;
  onVisibleChange?: (visible: Visible) => void;
  /** The id of a message whose unfinished edit should be reopened. The log jumps to it. */
  resumedEdit?: string | null;
  /** Called when the edit `resumedEdit` was reopened, or its message was not found. */
  onEditResumed?: () => void;
  /** Receives the id of the message whose editor is on the screen, or null. */
  onEditedIdChange?: (messageId: string | null) => void;
  /** Receives an unsent message that the person wants to edit in the composer. */
  onReturnToComposer: (entry: OutboxEntry) => void;
  /** Begins a reply to a message in the composer. */
  onReply: (messageId: string) => void;
  /** Moves the focus from the log to the composer. */
  focusComposer: () => void;
};

/** The messages of a room: a virtualized list with keyboard navigation and the actions on each message. */
export function MessageLog(props: MessageLogProps) {
  const {
    ref,
    roomId,
    label,
    permissionContext,
    bubbles,
    otherPeopleCount,
    log,
    start,
    onVisibleChange,
    resumedEdit = null,
    onEditResumed,
    onEditedIdChange,
    onReturnToComposer,
    onReply,
    focusComposer,
  } = props;
  const { items, hasOlder, hasNewer, isLoadingOlder, loadOlder, loadNewer, jumpToEnd, jumpTo, lookAt, showBlocked } =
    log;
  const meId = permissionContext.asker.personId;
  const rows = useMemo(() => withStartRow(items, hasOlder), [items, hasOlder]);
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRovingFocus(rows, scroller);
  const { openState, actions, edit, deleteMessage, close } = useLogActions(roomId, {
    onReturnToComposer,
    onReply,
    onEditorClosed: focusComposer,
    onShowBlocked(messageId) {
      showBlocked(messageId);
      // The row replaces the one with the button that was pressed.
      roving.focus(messageId);
    },
  });
  const editedIndex = openState.editing ? rows.findIndex((row) => row.key === openState.editing) : -1;
  const tryLoadOlder = useCallback(() => {
    if (hasOlder && !isLoadingOlder) void Promise.resolve(loadOlder()).catch(() => {});
  }, [hasOlder, isLoadingOlder, loadOlder]);
  const tryLoadNewer = useCallback(() => {
    if (hasNewer) void Promise.resolve(loadNewer()).catch(() => {});
  }, [hasNewer, loadNewer]);
  const [selectionEnds, setSelectionEnds] = useState<SelectionEnds>(null);
  const keepRendered = useMemo(
    () => [
      editedIndex,
      roving.focusedIndex,
      ...(selectionEnds ?? []).map((end) => rows.findIndex(({ key }) => key === end)),
    ],
    [editedIndex, roving.focusedIndex, selectionEnds, rows],
  );
  const spansRows = selectionEnds !== null && selectionEnds[0] !== selectionEnds[1];
  const reportPlace = useCallback((seq: number) => lookAt(seq, spansRows), [lookAt, spansRows]);
  const { view, drawing, rendered, scrollToEnd, scrollToRow, jumpToRow } = useLogScroll({
    roomId,
    rows,
    look: bubbles,
    hasOlder,
    hasNewer,
    scroller,
    editedIndex,
    keepRendered,
    loadOlder: tryLoadOlder,
    loadNewer: tryLoadNewer,
    reportPlace,
  });

  function focusAt(index: number) {
    const row = rows[index];
    if (!row) return;
    scrollToRow(index);
    roving.focus(row.key);
  }
  // Tab and F6 can move the focus only to a rendered message.
  const [, lastVisible] = drawing.visible;
  const tabStopIndex =
    roving.focusedIndex >= 0 ? roving.focusedIndex : rows.slice(0, lastVisible + 1).findLastIndex(messageOf);
  const editedId = openState.editing && isShown(drawing, editedIndex) ? openState.editing : null;
  useEffect(() => onEditedIdChange?.(editedId), [editedId, onEditedIdChange]);
  useFindRow(rows, resumedEdit, jumpTo, (index, error) => {
    onEditResumed?.();
    const key = rows[index]?.key;
    if (key === undefined) return sayNotFound(error);
    scrollToRow(index);
    edit(key);
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] textarea`)?.focus();
  });
  const { markedKey, isSeeking } = useSoughtMessage(rows, jumpTo, (index, key) => {
    jumpToRow(index);
    roving.focus(key);
  });
  const isAtEnd = drawing.pxToEnd <= seenEndWithinPx;
  const missedCount = useMissedCount(rows, isAtEnd, meId);
  const showLatest = () => {
    if (!hasNewer) return scrollToEnd();
    jumpToEnd().then(scrollToEnd, () =>
      toast.error("Couldn't load the latest messages. Try again.", { id: "log-load-failed" }),
    );
  };

  // What is on the screen until the log jumps to a message was not what the person came for, so it does not count as read.
  useReportVisible(rows, drawing.visible, isAtEnd && !hasNewer, isSeeking ? undefined : onVisibleChange);

  useImperativeHandle(ref, () => ({
    editLast() {
      // If the last message is not loaded, load it. The next press of the key edits it.
      if (hasNewer) return showLatest();
      const last = rows.findLast((row) => {
        const message = messageOf(row);
        return (
          message?.authorId === meId && actionsFor(permissionContext, message).some((action) => action.key === "edit")
        );
      });
      if (last?.type !== "message") return;
      // If sending the last message failed, its text returns to the composer. If it is still being sent, nothing happens.
      if (!last.unsent) edit(last.key);
      else if (last.unsent.state === "failed") actions.returnToComposer(last.key);
    },
    scrollPage: (direction) => {
      const element = scroller.current;
      element?.scrollBy({ top: direction * (element.clientHeight - headerHeight) * 0.9 });
    },
  }));

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const target = event.target as HTMLElement;
    const { row: key } = target.closest<HTMLElement>("[data-row]")?.dataset ?? {};
    const isRowFocused = target.dataset.row !== undefined;
    // A row's keyboard shortcuts also work in its toolbar and on *Show*, but not in its editor or in links in its text.
    if (event.defaultPrevented || (!isRowFocused && !target.closest('[role="toolbar"], [data-row-control]'))) return;
    const pressedRow = rows.find((row) => row.key === key);
    const message = messageOf(pressedRow);
    if (!message) return;
    const next = roving.indexForKey(event);
    const allowed = isCollapsed(pressedRow) ? [] : actionsFor(permissionContext, message);
    const shortcut = actionOfShortcut(event, allowed);
    // Letters are shortcuts only on a row that was reached with the arrow keys. Otherwise they go to the composer.
    if (isText(event) && !roving.isReached(message.id)) return isRowFocused ? focusComposer() : undefined;
    if (next !== null) {
      roving.setReachedByKeys(rows[next]?.key);
      focusAt(next);
    } else if (isKey(event, "esc")) focusComposer();
    else if (isRowFocused && (isKey(event, "enter") || isKey(event, "contextmenu") || isKey(event, "shift+f10"))) {
      if (isCollapsed(pressedRow)) actions.showBlocked(message.id);
      else if (allowed.length > 0) actions.openMenu(message.id);
    } else if (shortcut && roving.isReached(message.id)) actions.act(shortcut, message);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const context = useMemo(() => ({ permissionContext, actions, bubbles }), [permissionContext, actions, bubbles]);
  return (
    <LogContext value={context}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div
          ref={scroller}
          role="log"
          aria-live="off"
          aria-label={`Messages in ${label}`}
          className="@container min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none]"
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const row = event.target.closest<HTMLElement>("[data-row]")?.dataset.row;
            if (row) roving.setFocusedKey(row);
          }}
          onPointerDown={roving.clearReachedByKeys}
          // From the field of a dialog, the focus returns.
          onBlur={({ relatedTarget: to }) =>
            to?.matches(":is(input, textarea):not([role=dialog] *)") && roving.clearReachedByKeys()
          }
        >
          <div className="flex min-h-full flex-col justify-end">
            <div className="relative w-full flex-none" style={{ height: drawing.height }}>
              {rendered.map((index) => {
                const row = rows[index];
                if (!row) return null;
                return (
                  <div
                    key={row.key}
                    ref={view.rowRef}
                    data-index={index}
                    data-key={row.key}
                    className={cn(
                      "absolute inset-x-0 top-0 has-[[role=toolbar]]:z-10",
                      row.key === markedKey && "marked",
                    )}
                    style={{ transform: `translateY(${drawing.starts[index]}px)` }}
                  >
                    {row.type === "start" ? (
                      start
                    ) : (
                      <LogRow
                        item={row}
                        continues={continuesIn(rows[index + 1])}
                        active={index === tabStopIndex}
                        editing={index === editedIndex}
                        menuOpen={openState.menu === row.key}
                        historyOpen={openState.history === row.key}
                      />
                    )}
                  </div>
                );
              })}
            </div>
          </div>
        </div>
        {isLoadingOlder && <LoadingOlder />}
        {drawing.pxToEnd > jumpButtonFromPx && <JumpToLatest count={hasNewer ? 0 : missedCount} onJump={showLatest} />}
      </div>
      <Announcer rows={rows} hasNewer={hasNewer} meId={meId} />
      <LogSelection rows={rows} scroller={scroller} ends={selectionEnds} setEnds={setSelectionEnds} />
      <LogDialogs
        openState={openState}
        actions={actions}
        close={close}
        rows={rows}
        permissionContext={permissionContext}
        otherPeopleCount={otherPeopleCount}
        onDelete={deleteMessage}
      />
    </LogContext>
  );
}
