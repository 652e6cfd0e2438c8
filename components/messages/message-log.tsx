"use client";
import dynamic from "next/dynamic";
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
import { toast } from "@/components/ui/toast";
import { Spinner } from "@/components/ui/spinner";
import { isKey, isText } from "@/components/ui/keys";
import type { LogPart } from "@/lib/client/hooks/use-log";
import { Announcer } from "./announcer";
import { JumpToLatest } from "./jump-to-latest";
import { LogContext } from "./log-context";
import { LogRow } from "./log-row";
import LogSelection from "./log-selection";
import { messageOf, rowsOf } from "./log-rows";
import { actionOfKey, actionsFor, type Viewer } from "./message-actions";
import { useLogActions } from "./use-log-actions";
import { headerHeight } from "./log-drawing";
import { isShown, useLogScroll } from "./use-log-scroll";
import { useMissed } from "./use-missed";
import { useRoving } from "./use-roving";
import { useSoughtRow } from "./use-sought-row";

const DeleteDialog = dynamic(() => import("./delete-dialog"), { ssr: false });
const ActionsSheet = dynamic(() => import("./actions-sheet"), { ssr: false });

/** Commands to a log from outside, for instance from the composer. */
export interface LogHandle {
  /** Edits my last message, if there is one. */
  editLast(): void;
  /** Scrolls by 90 % of the visible height: 1 is down, -1 is up. */
  page(direction: 1 | -1): void;
}

type MessageLogProps = {
  ref?: Ref<LogHandle>;
  roomId: string;
  /** The room's name inside a sentence. */
  label: string;
  viewer: Viewer;
  /** How many other people see the room's messages. */
  others: number;
  /** The part of the room's log to show. */
  log: LogPart;
  /** Shown above the room's first message. */
  start: ReactNode;
  /** Gets the `seq` of the last message on the screen. */
  onSeen?: (seq: number) => void;
  /** The id of a message whose unfinished edit is to be reopened. The log shows the part around it. */
  resumedEdit?: string | null;
  /** Called when that edit was reopened, or its message was not found. */
  onEditResumed?: () => void;
  /** Gets the id of the message whose editor is on the screen, or null. */
  onEditor?: (messageId: string | null) => void;
  /** Gets the text of an unsent message, which returns to the composer. */
  onTakeBack: (text: string) => void;
  /** Moves the focus from the log to the composer. */
  onLeave: () => void;
};

/** The messages of a room: a virtualized list with keyboard navigation and the actions on each message. */
export function MessageLog(props: MessageLogProps) {
  const {
    ref,
    roomId,
    label,
    viewer,
    others,
    log,
    start,
    onSeen,
    resumedEdit = null,
    onEditResumed,
    onEditor,
    onTakeBack,
    onLeave,
  } = props;
  const { items, hasBefore, hasAfter, loadingBefore, loadBefore, loadAfter, jumpToEnd, jumpTo, lookAt } = log;
  const meId = viewer.asker.personId;
  const rows = useMemo(() => rowsOf(items, hasBefore), [items, hasBefore]);
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRoving(rows, scroller);
  const { doing, actions, edit, remove, closeDelete, closePressed } = useLogActions(roomId, {
    onTakeBack,
    onDone: onLeave,
  });
  const editingAt = doing.editing ? rows.findIndex((row) => row.key === doing.editing) : -1;
  const onTop = useCallback(() => {
    if (hasBefore && !loadingBefore) void Promise.resolve(loadBefore()).catch(() => {});
  }, [hasBefore, loadingBefore, loadBefore]);
  const onBottom = useCallback(() => {
    if (hasAfter) void Promise.resolve(loadAfter()).catch(() => {});
  }, [hasAfter, loadAfter]);
  const [selectionEnds, setSelectionEnds] = useState<readonly string[]>([]);
  const keep = useMemo(
    () => [editingAt, roving.chosenAt, ...selectionEnds.map((end) => rows.findIndex(({ key }) => key === end))],
    [editingAt, roving.chosenAt, selectionEnds, rows],
  );
  const spansRows = new Set(selectionEnds).size > 1;
  const onLook = useCallback((seq: number) => lookAt(seq, spansRows), [lookAt, spansRows]);
  const { view, drawing, rendered, scrollToEnd, scrollToRow } = useLogScroll({
    roomId,
    rows,
    hasBefore,
    hasAfter,
    scroller,
    editingAt,
    keep,
    onTop,
    onBottom,
    onLook,
  });

  function focusAt(index: number) {
    const row = rows[index];
    if (!row) return;
    scrollToRow(index);
    roving.focus(row.key);
  }
  // Tab and F6 need a message that is rendered.
  const [, lastShown] = drawing.visible;
  const activeAt = roving.chosenAt >= 0 ? roving.chosenAt : rows.slice(0, lastShown + 1).findLastIndex(messageOf);
  const editor = doing.editing && isShown(drawing, editingAt) ? doing.editing : null;
  useEffect(() => onEditor?.(editor), [editor, onEditor]);
  useSoughtRow(rows, resumedEdit, jumpTo, (index, error) => {
    onEditResumed?.();
    const key = rows[index]?.key;
    if (key === undefined) {
      const problem = error ? "Couldn't load that message. Try again." : "Couldn't find that message.";
      toast.error(problem, { id: "sought" });
      return;
    }
    scrollToRow(index);
    edit(key);
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] textarea`)?.focus();
  });
  const missed = useMissed(rows, drawing.below <= 2, meId);
  const showLatest = () => {
    if (!hasAfter) return scrollToEnd();
    jumpToEnd().then(scrollToEnd, () => toast.error("Couldn't load the latest messages. Try again.", { id: "sought" }));
  };

  useEffect(() => {
    const lastSeen = rows.slice(0, lastShown + 1).findLast((row) => (messageOf(row)?.seq ?? 0) > 0);
    if (lastSeen) onSeen?.(messageOf(lastSeen)?.seq ?? 0);
  }, [rows, lastShown, onSeen]);

  useImperativeHandle(ref, () => ({
    editLast() {
      // The last message is not loaded. The next press finds it.
      if (hasAfter) return showLatest();
      const last = rows.findLast((row) => {
        const message = messageOf(row);
        return message?.authorId === meId && actionsFor(viewer, message).some((action) => action.name === "edit");
      });
      if (last?.type !== "message") return;
      // A failed message returns to the composer. While the last message is being sent, no message is opened for editing.
      if (!last.unsent) edit(last.key);
      else if (last.unsent.state === "failed") actions.takeBack(last.key);
    },
    page: (direction) => {
      const element = scroller.current;
      element?.scrollBy({ top: direction * (element.clientHeight - headerHeight) * 0.9 });
    },
  }));

  function onKey(event: KeyboardEvent<HTMLDivElement>) {
    const target = event.target as HTMLElement;
    const { row: key } = target.closest<HTMLElement>("[data-row]")?.dataset ?? {};
    const onRow = target.dataset.row !== undefined;
    // A row's keys also work in its toolbar, but not in its text or its editor.
    if (event.defaultPrevented || (!onRow && !target.closest('[role="toolbar"]'))) return;
    const message = messageOf(rows.find((row) => row.key === key));
    if (!message) return;
    const next = roving.target(event);
    const allowed = actionsFor(viewer, message);
    const shortcut = actionOfKey(event);
    // Letters are shortcuts only on a row that was reached with the arrow keys. Otherwise they go to the composer.
    if (isText(event) && !roving.isReached(message.id)) return onRow ? onLeave() : undefined;
    if (next !== null) {
      roving.reach(rows[next]?.key);
      focusAt(next);
    } else if (isKey(event, "esc")) onLeave();
    else if (onRow && (isKey(event, "enter") || isKey(event, "contextmenu") || isKey(event, "shift+f10"))) {
      if (allowed.length > 0) actions.menu(message.id);
    } else if (shortcut && roving.isReached(message.id) && allowed.some((action) => action.name === shortcut))
      actions.act(shortcut, message);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const context = useMemo(() => ({ viewer, actions }), [viewer, actions]);
  return (
    <LogContext value={context}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div
          ref={scroller}
          role="log"
          aria-live="off"
          aria-label={`Messages in ${label}`}
          className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none]"
          onKeyDown={onKey}
          onFocus={(event) => {
            const row = event.target.closest<HTMLElement>("[data-row]")?.dataset.row;
            if (row) roving.choose(row);
          }}
          onPointerDown={roving.unreach}
          onBlur={({ relatedTarget }) => relatedTarget?.matches("input, textarea") && roving.unreach()}
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
                    className="absolute inset-x-0 top-0 has-[[role=toolbar]]:z-10"
                    style={{ transform: `translateY(${drawing.starts[index]}px)` }}
                  >
                    {row.type === "start" ? (
                      start
                    ) : (
                      <LogRow
                        item={row}
                        active={index === activeAt}
                        editing={index === editingAt}
                        menuOpen={doing.menu === row.key}
                        historyOpen={doing.history === row.key}
                      />
                    )}
                  </div>
                );
              })}
            </div>
          </div>
        </div>
        {loadingBefore && (
          <p
            role="status"
            className="hairline absolute top-[calc(var(--spacing-bar)+8px)] left-1/2 z-10 flex h-7 -translate-x-1/2 animate-late items-center gap-2 rounded-full bg-surface-raised px-3 text-xs text-ink-soft"
          >
            <Spinner /> Loading earlier messages
          </p>
        )}
        {drawing.below > 120 && <JumpToLatest count={hasAfter ? 0 : missed} onJump={showLatest} />}
      </div>
      <Announcer rows={rows} hasAfter={hasAfter} meId={meId} />
      <LogSelection rows={rows} scroller={scroller} onEnds={setSelectionEnds} />
      {doing.deleting && (
        <DeleteDialog
          open
          others={others}
          onOpenChange={closeDelete}
          onConfirm={() => doing.deleting && remove(doing.deleting)}
        />
      )}
      {doing.pressed && (
        <ActionsSheet
          open
          onOpenChange={closePressed}
          actions={actionsFor(viewer, doing.pressed)}
          onAction={(name) => doing.pressed && actions.act(name, doing.pressed)}
        />
      )}
    </LogContext>
  );
}
