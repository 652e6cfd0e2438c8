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
import { messageOf, withStartRow } from "./log-rows";
import { actionOfShortcut, actionsFor, type Viewer } from "./message-actions";
import { useLogActions } from "./use-log-actions";
import { headerHeight } from "./log-drawing";
import { isShown, useLogScroll } from "./use-log-scroll";
import { useMissedCount } from "./use-missed";
import { useRovingFocus } from "./use-roving";
import { useFindRow } from "./use-sought-row";

const DeleteDialog = dynamic(() => import("./delete-dialog"), { ssr: false });
const ActionsSheet = dynamic(() => import("./actions-sheet"), { ssr: false });

/** Commands to a log from outside, for instance from the composer. */
export interface LogHandle {
  /** Edits my last message, if there is one. */
  editLast(): void;
  /** Scrolls by 90 % of the visible height: 1 is down, -1 is up. */
  scrollPage(direction: 1 | -1): void;
}

type MessageLogProps = {
  ref?: Ref<LogHandle>;
  roomId: string;
  /** The room's name inside a sentence. */
  label: string;
  viewer: Viewer;
  /** How many other people see the room's messages. */
  otherPeople: number;
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
  focusComposer: () => void;
};

/** The messages of a room: a virtualized list with keyboard navigation and the actions on each message. */
export function MessageLog(props: MessageLogProps) {
  const {
    ref,
    roomId,
    label,
    viewer,
    otherPeople,
    log,
    start,
    onSeen,
    resumedEdit = null,
    onEditResumed,
    onEditor,
    onTakeBack,
    focusComposer,
  } = props;
  const { items, hasBefore, hasAfter, loadingBefore, loadBefore, loadAfter, jumpToEnd, jumpTo, lookAt } = log;
  const meId = viewer.asker.personId;
  const rows = useMemo(() => withStartRow(items, hasBefore), [items, hasBefore]);
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRovingFocus(rows, scroller);
  const {
    doing: openParts,
    actions,
    edit,
    remove,
    closeDelete,
    closePressed,
  } = useLogActions(roomId, {
    onTakeBack,
    onDone: focusComposer,
  });
  const editingAt = openParts.editing ? rows.findIndex((row) => row.key === openParts.editing) : -1;
  const loadOlder = useCallback(() => {
    if (hasBefore && !loadingBefore) void Promise.resolve(loadBefore()).catch(() => {});
  }, [hasBefore, loadingBefore, loadBefore]);
  const loadNewer = useCallback(() => {
    if (hasAfter) void Promise.resolve(loadAfter()).catch(() => {});
  }, [hasAfter, loadAfter]);
  const [selectionEnds, setSelectionEnds] = useState<readonly string[]>([]);
  const keepRendered = useMemo(
    () => [editingAt, roving.chosenAt, ...selectionEnds.map((end) => rows.findIndex(({ key }) => key === end))],
    [editingAt, roving.chosenAt, selectionEnds, rows],
  );
  const spansRows = new Set(selectionEnds).size > 1;
  const reportPlace = useCallback((seq: number) => lookAt(seq, spansRows), [lookAt, spansRows]);
  const { view, drawing, rendered, scrollToEnd, scrollToRow } = useLogScroll({
    roomId,
    rows,
    hasBefore,
    hasAfter,
    scroller,
    editingAt,
    keepRendered,
    loadOlder,
    loadNewer,
    reportPlace,
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
  const editor = openParts.editing && isShown(drawing, editingAt) ? openParts.editing : null;
  useEffect(() => onEditor?.(editor), [editor, onEditor]);
  useFindRow(rows, resumedEdit, jumpTo, (index, error) => {
    onEditResumed?.();
    const key = rows[index]?.key;
    if (key === undefined) {
      const errorText = error ? "Couldn't load that message. Try again." : "Couldn't find that message.";
      toast.error(errorText, { id: "sought" });
      return;
    }
    scrollToRow(index);
    edit(key);
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] textarea`)?.focus();
  });
  const missed = useMissedCount(rows, drawing.below <= 2, meId);
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
    scrollPage: (direction) => {
      const element = scroller.current;
      element?.scrollBy({ top: direction * (element.clientHeight - headerHeight) * 0.9 });
    },
  }));

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const target = event.target as HTMLElement;
    const { row: key } = target.closest<HTMLElement>("[data-row]")?.dataset ?? {};
    const isRowFocused = target.dataset.row !== undefined;
    // A row's keys also work in its toolbar, but not in its text or its editor.
    if (event.defaultPrevented || (!isRowFocused && !target.closest('[role="toolbar"]'))) return;
    const message = messageOf(rows.find((row) => row.key === key));
    if (!message) return;
    const next = roving.indexForKey(event);
    const allowed = actionsFor(viewer, message);
    const shortcut = actionOfShortcut(event);
    // Letters are shortcuts only on a row that was reached with the arrow keys. Otherwise they go to the composer.
    if (isText(event) && !roving.isReached(message.id)) return isRowFocused ? focusComposer() : undefined;
    if (next !== null) {
      roving.setReachedByKeys(rows[next]?.key);
      focusAt(next);
    } else if (isKey(event, "esc")) focusComposer();
    else if (isRowFocused && (isKey(event, "enter") || isKey(event, "contextmenu") || isKey(event, "shift+f10"))) {
      if (allowed.length > 0) actions.openMenu(message.id);
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
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const row = event.target.closest<HTMLElement>("[data-row]")?.dataset.row;
            if (row) roving.choose(row);
          }}
          onPointerDown={roving.clearReachedByKeys}
          onBlur={({ relatedTarget }) => relatedTarget?.matches("input, textarea") && roving.clearReachedByKeys()}
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
                        menuOpen={openParts.menu === row.key}
                        historyOpen={openParts.history === row.key}
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
      {openParts.deleting && (
        <DeleteDialog
          open
          otherPeople={otherPeople}
          onOpenChange={closeDelete}
          onConfirm={() => openParts.deleting && remove(openParts.deleting)}
        />
      )}
      {openParts.actionsOf && (
        <ActionsSheet
          open
          onOpenChange={closePressed}
          actions={actionsFor(viewer, openParts.actionsOf)}
          onAction={(name) => openParts.actionsOf && actions.act(name, openParts.actionsOf)}
        />
      )}
    </LogContext>
  );
}
