"use client";
import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useParser } from "@/components/markdown/parser";
import { copyText } from "@/components/ui/copy";
import { isKey } from "@/components/ui/keys";
import { ClockContext } from "@/lib/client/hooks/use-now";
import { useParley } from "@/lib/client/hooks/use-parley";
import { typed } from "@/lib/contract/markdown/typed";
import type { CopiedRow } from "./copied-text";
import { isPointer, type LogRowItem, messageOf } from "./log-rows";
import { partIds } from "./message-parts";
import type { FormatCopy } from "./prepare-copy";

type LogSelectionProps = {
  rows: readonly LogRowItem[];
  scroller: RefObject<HTMLDivElement | null>;
  ends: SelectionEnds;
  /** Sets `ends`. It is called while the selection changes, so that both rows are kept before the next scroll draws others. */
  setEnds: Dispatch<SetStateAction<SelectionEnds>>;
};
/** The keys of the rows in which a selection begins and ends. */
export type SelectionEnds = readonly [anchor: string, focus: string] | null;

/**
 * Makes it possible to select and copy many rows, although most of them are not rendered. The browser keeps a selection only
 * while its first and last row are rendered, so `setEnds` receives their keys. The copied text comes from the messages, not
 * from the DOM. Ctrl+A in the log selects all loaded rows.
 */
export default function LogSelection({ rows, scroller, ends, setEnds }: LogSelectionProps): null {
  const parley = useParley();
  const clock = useContext(ClockContext);
  const parse = useParser() ?? typed;
  // The ends to select as soon as both rows are rendered.
  const pendingEnds = useRef<SelectionEnds>(undefined);
  // The code that formats copied rows, and the names in them, are loaded when a selection first spans several rows.
  const [format, setFormat] = useState<FormatCopy>();
  const prepare = useCallback(async () => (await import("./prepare-copy")).prepareCopy(parley, rows), [parley, rows]);
  const spansRows = ends !== null && ends[0] !== ends[1];
  useEffect(() => {
    if (spansRows)
      prepare().then(
        (prepared) => setFormat(() => prepared),
        () => {},
      );
  }, [spansRows, prepare]);

  useEffect(() => {
    const updateEnds = () => {
      const next = endsOf(getSelection(), scroller.current);
      setEnds((current) => (current?.join() === next?.join() ? current : next));
    };
    document.addEventListener("selectionchange", updateEnds);
    return () => document.removeEventListener("selectionchange", updateEnds);
  }, [scroller, setEnds]);

  useEffect(() => {
    const copyRows = (event: ClipboardEvent) => {
      const selection = getSelection();
      if (!selection || event.defaultPrevented || isEditable(event.target)) return;
      const copied = selectedRows(selection, scroller.current, rows);
      // If only one row is selected, the browser copies it, without marks such as "(edited)".
      if (!copied) return void setTimeout(excludeMarks());
      event.preventDefault();
      if (!clock) return;
      const now = clock.now();
      if (format) event.clipboardData?.setData("text/plain", format(copied, parse, now));
      else
        prepare()
          .then((prepared) => copyText(prepared(copied, parse, now)))
          .catch(() => {});
    };
    document.addEventListener("copy", copyRows);
    return () => document.removeEventListener("copy", copyRows);
  }, [rows, scroller, clock, parse, format, prepare]);

  useEffect(() => {
    const log = scroller.current;
    const selectAll = (event: KeyboardEvent) => {
      const [first, last] = [rows[0], rows.at(-1)];
      if (!isKey(event, "mod+a") || !first || !last || isEditable(event.target)) return;
      event.preventDefault();
      pendingEnds.current = [first.key, last.key];
      setEnds(pendingEnds.current);
    };
    log?.addEventListener("keydown", selectAll);
    return () => log?.removeEventListener("keydown", selectAll);
  }, [rows, scroller, setEnds]);

  // Runs after every render, because both rows may have just been rendered.
  useLayoutEffect(() => {
    const [first, last] = pendingEnds.current?.map((key) => renderedRow(key, scroller.current, rows)) ?? [];
    if (!first || !last) return;
    pendingEnds.current = undefined;
    getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
  });

  return null;
}

const isEditable = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea") !== null;

function renderedRow(key: string, log: Element | null, rows: readonly LogRowItem[]): Element | null {
  return log?.querySelector(`[data-index="${rows.findIndex((row) => row.key === key)}"]`) ?? null;
}

/** The index of the row that contains a node, -1 if none does. */
function rowIndexOf(node: Node | null, log: Element): number {
  return Number(rowOf(node, log)?.dataset.index ?? -1);
}

/** The row that contains a node. */
function rowOf(node: Node | null, log: Element): HTMLElement | null {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest<HTMLElement>("[data-index]") ?? null;
  return row && log.contains(row) ? row : null;
}

/**
 * The keys of the rows in which a selection begins and ends. A caret counts too, because Shift+click selects from there. The keys are
 * read from the page: the selection may change while rows are drawn that this component has not received.
 */
function endsOf(selection: Selection | null, log: Element | null): SelectionEnds {
  if (!selection || !log) return null;
  const [anchor, focus] = [selection.anchorNode, selection.focusNode].map((node) => rowOf(node, log)?.dataset.key);
  const either = anchor ?? focus;
  return either === undefined ? null : [anchor ?? either, focus ?? either];
}

/** The selected rows. Null for a selection within one row, which the browser copies itself. */
function selectedRows(selection: Selection, log: Element | null, rows: readonly LogRowItem[]): CopiedRow[] | null {
  if (!log || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const [from, to] = [rowIndexOf(range.startContainer, log), rowIndexOf(range.endContainer, log)];
  if (from < 0 || to <= from) return null;
  const isInThread = isThread(log);
  const selected = rows
    .slice(from, to + 1)
    .map((row, at) => ({
      row,
      isPointer: row.type === "message" && isPointer(row.message, isInThread),
      selectedText: at === 0 || at === to - from ? selectedTextIn(row, log, range, selection) : undefined,
    }))
    .filter(({ selectedText }) => selectedText !== "");
  // A triple click selects up to the start of the next row. Then only one row is left here.
  return selected.length > 1 ? selected : null;
}

const isThread = (log: Element): boolean => log.closest("#panel") !== null;

/** The selected part of a message's text; undefined if all of it is selected, "" if nothing is. */
function selectedTextIn(row: LogRowItem, log: Element, range: Range, selection: Selection): string | undefined {
  const body = document.getElementById(partIds(messageOf(row)?.id ?? "", isThread(log)).body);
  if (!body) return undefined;
  const selectedRange = document.createRange();
  selectedRange.selectNodeContents(body);
  const startsInside = range.compareBoundaryPoints(Range.START_TO_START, selectedRange) > 0;
  const endsInside = range.compareBoundaryPoints(Range.END_TO_END, selectedRange) < 0;
  if (!startsInside && !endsInside) return undefined;
  if (startsInside) selectedRange.setStart(range.startContainer, range.startOffset);
  if (endsInside) selectedRange.setEnd(range.endContainer, range.endOffset);
  return selectedRange.collapsed ? "" : rangeText(selectedRange, selection);
}

/** The text of a range as the browser would copy it, with line breaks as displayed. Briefly selects the range to get it. */
function rangeText(selectedRange: Range, selection: Selection): string {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const includeMarks = excludeMarks();
  selection.removeAllRanges();
  selection.addRange(selectedRange);
  const text = selection.toString().trim();
  includeMarks();
  if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  return text;
}

/**
 * Excludes elements with the class `not-copied`, such as "(edited)", from the selected text until the returned function is
 * called. Use it only while copying. Otherwise, a click at the end of a line next to such an element would put the caret into
 * another message.
 */
function excludeMarks(): () => void {
  document.documentElement.dataset.copying = "";
  return () => {
    delete document.documentElement.dataset.copying;
  };
}
