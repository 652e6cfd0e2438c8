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
import type { LogItem } from "@/lib/client/hooks/use-log";
import { Announcer } from "./announcer";
import { JumpToLatest } from "./jump-to-latest";
import { LogContext } from "./log-context";
import { LogRow } from "./log-row";
import LogSelection from "./log-selection";
import { messageOf, rowsOf } from "./log-rows";
import { actionOfKey, actionsFor, type Looking } from "./message-actions";
import { useLogActions } from "./use-log-actions";
import { header, useLogScroll } from "./use-log-scroll";
import { useMissed } from "./use-missed";
import { useRoving } from "./use-roving";
import { useSoughtRow } from "./use-sought-row";

const DeleteDialog = dynamic(() => import("./delete-dialog"), { ssr: false });
const ActionsSheet = dynamic(() => import("./actions-sheet"), { ssr: false });

/** What other components can do with a log. */
export interface LogHandle {
  /** Edits my last message, if there is one. */
  editLast(): void;
  /** Scrolls by almost one page: 1 is down, -1 is up. */
  page(direction: 1 | -1): void;
}

type MessageLogProps = {
  ref?: Ref<LogHandle>;
  roomId: string;
  /** The room's name inside a sentence. */
  label: string;
  looking: Looking;
  /** The number of other members of the room. */
  others: number;
  items: LogItem[];
  hasBefore: boolean;
  loadingBefore: boolean;
  loadBefore: () => unknown;
  /** Shown above the first message. */
  start: ReactNode;
  /** The message with this `seq` was visible. */
  onSeen?: (seq: number) => void;
  /** The message of an unfinished edit to continue. Earlier messages are loaded until it is found. */
  continuing?: string | null;
  onContinued?: () => void;
  /** Receives the message whose editor is visible, or null. */
  onEditor?: (messageId: string | null) => void;
  /** Receives the text of an unsent message, to be put into the composer. */
  onTakeBack: (text: string) => void;
  /** The focus must move from the log to the composer. */
  onLeave: () => void;
};

/** A room's messages. */
export function MessageLog(props: MessageLogProps) {
  const {
    ref,
    roomId,
    label,
    looking,
    others,
    items,
    hasBefore,
    loadingBefore,
    loadBefore,
    start,
    onSeen,
    continuing = null,
    onContinued,
    onEditor,
    onTakeBack,
    onLeave,
  } = props;
  const meId = looking.asker.personId;
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
  const [selected, setSelected] = useState<readonly string[]>([]);
  const keep = useMemo(
    () => [editingAt, roving.chosenAt, ...selected.map((end) => rows.findIndex(({ key }) => key === end))],
    [editingAt, roving.chosenAt, selected, rows],
  );
  const { virtualizer, scrollToEnd, scrollToRow, below, isShown } = useLogScroll({
    roomId,
    rows,
    scroller,
    editingAt,
    keep,
    onTop,
  });

  function focusAt(index: number) {
    const row = rows[index];
    if (!row) return;
    scrollToRow(index);
    roving.focus(row.key);
  }
  // Tab and F6 must reach a message that is rendered.
  const lastShown = virtualizer.range?.endIndex ?? -1;
  const activeAt = roving.chosenAt >= 0 ? roving.chosenAt : rows.slice(0, lastShown + 1).findLastIndex(messageOf);
  const editor = doing.editing && isShown(editingAt) ? doing.editing : null;
  useEffect(() => onEditor?.(editor), [editor, onEditor]);
  useSoughtRow(rows, { hasBefore, loadingBefore, loadBefore }, continuing, (index, error) => {
    onContinued?.();
    const key = rows[index]?.key;
    if (key === undefined) {
      const sentence = error ? "Couldn't load earlier messages. Try again." : "Couldn't find that message.";
      toast.error(sentence, { id: "sought" });
      return;
    }
    scrollToRow(index);
    edit(key);
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] textarea`)?.focus();
  });
  const missed = useMissed(rows, below <= 2, meId);

  useEffect(() => {
    const seq = rows.slice(0, lastShown + 1).findLast((row) => (messageOf(row)?.seq ?? 0) > 0);
    if (seq) onSeen?.(messageOf(seq)?.seq ?? 0);
  }, [rows, lastShown, onSeen]);

  useImperativeHandle(ref, () => ({
    editLast() {
      const last = rows.findLast((row) => {
        const message = messageOf(row);
        return message?.authorId === meId && actionsFor(looking, message).some((action) => action.name === "edit");
      });
      if (last?.type !== "message") return;
      // A message that could not be sent returns to the composer. One that is being sent cannot be edited yet, so
      // nothing happens.
      if (!last.unsent) edit(last.key);
      else if (last.unsent.state === "failed") actions.takeBack(last.key);
    },
    page: (direction) => {
      const element = scroller.current;
      element?.scrollBy({ top: direction * (element.clientHeight - header) * 0.9 });
    },
  }));

  function press(event: KeyboardEvent<HTMLDivElement>) {
    const target = event.target as HTMLElement;
    const { row: key } = target.closest<HTMLElement>("[data-row]")?.dataset ?? {};
    const onRow = target.dataset.row !== undefined;
    // The row's keys also work while its toolbar has the focus, but not in its text or editor.
    if (event.defaultPrevented || (!onRow && !target.closest('[role="toolbar"]'))) return;
    const message = messageOf(rows.find((row) => row.key === key));
    if (!message) return;
    const next = roving.target(event);
    const may = actionsFor(looking, message);
    const asked = actionOfKey(event);
    // Letters are shortcuts only on a row that was reached by arrow keys. Otherwise the focus moves to the composer,
    // which gets them.
    if (isText(event) && !roving.isReached(message.id)) return onRow ? onLeave() : undefined;
    if (next !== null) {
      roving.reach(rows[next]?.key);
      focusAt(next);
    } else if (isKey(event, "esc")) onLeave();
    else if (onRow && (isKey(event, "enter") || isKey(event, "contextmenu") || isKey(event, "shift+f10"))) {
      if (may.length > 0) actions.menu(message.id);
    } else if (asked && roving.isReached(message.id) && may.some((action) => action.name === asked))
      actions.act(asked, message);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const context = useMemo(() => ({ looking, actions }), [looking, actions]);
  return (
    <LogContext value={context}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div
          ref={scroller}
          role="log"
          aria-live="off"
          aria-label={`Messages in ${label}`}
          className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none]"
          onKeyDown={press}
          onFocus={(event) => {
            const row = event.target.closest<HTMLElement>("[data-row]")?.dataset.row;
            if (row) roving.choose(row);
          }}
          onPointerDown={roving.unreach}
          onBlur={({ relatedTarget }) => relatedTarget?.matches("input, textarea") && roving.unreach()}
        >
          <div className="flex min-h-full flex-col justify-end">
            <div className="relative w-full flex-none" style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map(({ index, key, start: top }) => {
                const row = rows[index];
                if (!row) return null;
                return (
                  <div
                    key={key}
                    ref={virtualizer.measureElement}
                    data-index={index}
                    className="absolute inset-x-0 top-0 has-[[role=toolbar]]:z-10"
                    style={{ transform: `translateY(${top}px)` }}
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
        {below > 120 && <JumpToLatest count={missed} onJump={scrollToEnd} />}
      </div>
      <Announcer rows={rows} meId={meId} />
      <LogSelection rows={rows} scroller={scroller} onEnds={setSelected} />
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
          actions={actionsFor(looking, doing.pressed)}
          onAction={(name) => doing.pressed && actions.act(name, doing.pressed)}
        />
      )}
    </LogContext>
  );
}
