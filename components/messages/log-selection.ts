"use client";
import { type RefObject, useContext, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useParser } from "@/components/markdown/parser";
import { copyText } from "@/components/ui/copy";
import { isKey } from "@/components/ui/keys";
import { useLater } from "@/components/ui/later";
import { ClockContext } from "@/lib/client/hooks/use-now";
import { useParley } from "@/lib/client/hooks/use-parley";
import { typed } from "@/lib/contract/markdown/typed";
import type { CopiedRow } from "./copied-text";
import { type LogRowItem, messageOf } from "./log-rows";
import { partIds } from "./message-parts";

const load = () => import("./copied-text");

type LogSelectionProps = {
  rows: readonly LogRowItem[];
  scroller: RefObject<HTMLDivElement | null>;
  onEnds: (keys: readonly string[]) => void;
};
type Ends = readonly [anchor: string, focus: string];

/**
 * Makes selecting and copying work across rows that are not rendered. The first and last row of a selection stay
 * rendered, because the browser would lose the selection otherwise: `onEnds` receives their keys. The rows between are
 * copied from the loaded messages. Ctrl+A in the log selects everything that is loaded.
 */
export default function LogSelection({ rows, scroller, onEnds }: LogSelectionProps): null {
  const { stores } = useParley();
  const clock = useContext(ClockContext);
  const read = useParser() ?? typed;
  const [ends, setEnds] = useState<Ends | null>(null);
  const wanted = useRef<Ends>(undefined);
  // The code that writes the text is fetched once several rows are selected.
  const [code, fetch] = useLater(load);
  const several = ends !== null && ends[0] !== ends[1];
  useEffect(() => {
    if (several) fetch().catch(() => {});
  }, [several, fetch]);

  useEffect(() => {
    const look = () => {
      const next = endsOf(getSelection(), scroller.current, rows);
      setEnds((now) => (now?.join() === next?.join() ? now : next));
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [rows, scroller]);

  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const selection = getSelection();
      if (!selection || event.defaultPrevented || isEditable(event.target)) return;
      const copied = selectedRows(selection, scroller.current, rows);
      // The browser copies. The marks are left out until it has done so.
      if (!copied) return void setTimeout(leaveOutMarks());
      event.preventDefault();
      const { people } = stores.people.getState();
      const { me } = stores.rooms.getState();
      const nameOf = (id: string) => (id === me.id ? me.name : (people.get(id)?.name ?? "Someone"));
      if (!clock) return;
      const words = { nameOf, read, now: clock.now() };
      if (code) event.clipboardData?.setData("text/plain", code.copiedText(copied, words));
      else
        load()
          .then(({ copiedText }) => copyText(copiedText(copied, words)))
          .catch(() => {});
    };
    document.addEventListener("copy", copy);
    return () => document.removeEventListener("copy", copy);
  }, [rows, scroller, stores, clock, read, code]);

  useEffect(() => {
    const log = scroller.current;
    const selectAll = (event: KeyboardEvent) => {
      const [first, last] = [rows[0], rows.at(-1)];
      if (!isKey(event, "mod+a") || !first || !last || isEditable(event.target)) return;
      event.preventDefault();
      wanted.current = [first.key, last.key];
      setEnds(wanted.current);
    };
    log?.addEventListener("keydown", selectAll);
    return () => log?.removeEventListener("keydown", selectAll);
  }, [rows, scroller]);

  // After Ctrl+A the selection is made once both of its rows are rendered.
  useLayoutEffect(() => {
    const [first, last] = wanted.current?.map((key) => drawn(key, scroller.current, rows)) ?? [];
    if (!first || !last) return;
    wanted.current = undefined;
    getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
  });

  useEffect(() => onEnds(ends ?? []), [ends, onEnds]);
  return null;
}

const isEditable = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea") !== null;

function drawn(key: string, log: Element | null, rows: readonly LogRowItem[]): Element | null {
  return log?.querySelector(`[data-index="${rows.findIndex((row) => row.key === key)}"]`) ?? null;
}

/** The index of the row that contains a node; -1 if no row does. */
function indexOf(node: Node | null, log: Element): number {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest<HTMLElement>("[data-index]");
  return row && log.contains(row) ? Number(row.dataset.index) : -1;
}

/** The rows of both ends of the selection. An empty selection counts, because a click with Shift extends it. */
function endsOf(selection: Selection | null, log: Element | null, rows: readonly LogRowItem[]): Ends | null {
  if (!selection || !log) return null;
  const [anchor, focus] = [selection.anchorNode, selection.focusNode].map((node) => rows[indexOf(node, log)]?.key);
  const known = anchor ?? focus;
  return known === undefined ? null : [anchor ?? known, focus ?? known];
}

/** The selected rows, or null for a single row, which the browser copies itself. */
function selectedRows(selection: Selection, log: Element | null, rows: readonly LogRowItem[]): CopiedRow[] | null {
  if (!log || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const [from, to] = [indexOf(range.startContainer, log), indexOf(range.endContainer, log)];
  if (from < 0 || to <= from) return null;
  const selected = rows
    .slice(from, to + 1)
    .map((row, at) => ({ row, part: at === 0 || at === to - from ? partOf(row, range, selection) : undefined }))
    .filter(({ part }) => part !== "");
  // A triple click selects up to the start of the next row, of which nothing is copied.
  return selected.length > 1 ? selected : null;
}

/** The selected part of a message's text: undefined if all of it is selected, "" if nothing is. */
function partOf(row: LogRowItem, range: Range, selection: Selection): string | undefined {
  const body = document.getElementById(partIds(messageOf(row)?.id ?? "").body);
  if (!body) return undefined;
  const part = document.createRange();
  part.selectNodeContents(body);
  const begins = range.compareBoundaryPoints(Range.START_TO_START, part) > 0;
  const ends = range.compareBoundaryPoints(Range.END_TO_END, part) < 0;
  if (!begins && !ends) return undefined;
  if (begins) part.setStart(range.startContainer, range.startOffset);
  if (ends) part.setEnd(range.endContainer, range.endOffset);
  return part.collapsed ? "" : textOf(part, selection);
}

/** The text of a range as the browser would copy it, with its line breaks. */
function textOf(part: Range, selection: Selection): string {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const takeBack = leaveOutMarks();
  selection.removeAllRanges();
  selection.addRange(part);
  const text = selection.toString().trim();
  takeBack();
  if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  return text;
}

/**
 * Makes elements with the class `not-copied`, such as "(edited)", unselectable until the returned function is called.
 * They are selectable otherwise: next to unselectable text, a click at the end of a line would put the caret into
 * another message.
 */
function leaveOutMarks(): () => void {
  document.documentElement.dataset.copying = "";
  return () => {
    delete document.documentElement.dataset.copying;
  };
}
