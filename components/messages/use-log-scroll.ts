"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { isLooking } from "@/lib/client/looking";
import { type LogPlace, useLogPlaces } from "./log-places";
import { type LogRowItem, messageOf } from "./log-rows";
import { headerHeight, type LogDrawing, type ScrollTarget } from "./log-drawing";
import type { LogView, LogViewOptions } from "./log-view";
import { useLogView } from "./use-log-view";

type LogScroll = {
  roomId: string;
  rows: readonly LogRowItem[];
  look: LogViewOptions["look"];
  hasOlder: boolean;
  hasNewer: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  /** The index of the row that is being edited; -1 if there is none. */
  editedIndex: number;
  /** Indexes of rows to render even if they are not visible: the focused row, the edited row, both ends of the selection. */
  keepRendered: readonly number[];
  /** Called when the reader comes near the oldest loaded row. */
  loadOlder: () => void;
  /** Called when the reader comes near the newest loaded row. */
  loadNewer: () => void;
  /** Called with the `seq` of the anchor: the message that the scroll position is measured from. */
  reportPlace: (seq: number) => void;
};

/** When the log scrolls to a row, this much space stays between the row and the edge of the visible part, in px. */
const margin = { top: headerHeight + 8, bottom: 8 };

/**
 * Controls the scroll position of a room's log. It starts at the position of the last visit, else at the "New" divider, else at
 * the end. New messages scroll the log only if it is at its end. The reader's own message always scrolls it. Messages that load
 * above or below do not move what is visible.
 */
export function useLogScroll(log: LogScroll) {
  const { roomId, rows, look, hasOlder, hasNewer, scroller } = log;
  const { editedIndex, keepRendered, loadOlder, loadNewer, reportPlace } = log;
  const places = useLogPlaces();
  const [startTarget] = useState(() => initialTarget(rows, places.get(roomId)));
  const dividerIndex = rows.findIndex((row) => row.type === "new");
  const firstNewKey = rows[dividerIndex + 1]?.key;
  const previousFirstNewKey = useRef(firstNewKey);
  const { view, drawing } = useLogView(
    scroller,
    {
      rows,
      look,
      hasOlder,
      hasNewer,
      // Called when messages arrive while the log is at its end: stay if an editor is visible, otherwise scroll to the divider or
      // the end.
      follow(currentView) {
        const editorBox = currentView.boxOf(rows[editedIndex]?.key ?? "");
        if (editorBox && editorBox.bottom > 0 && editorBox.top < currentView.visibleHeight()) return null;
        // Stop at the divider if nobody is looking at the page, or if the divider has just appeared. Never scroll up to it.
        const stopsAtDivider = !isLooking() || firstNewKey !== previousFirstNewKey.current;
        const dividerBox = stopsAtDivider ? currentView.boxOf(dividerTarget.key) : null;
        return dividerBox && dividerBox.top >= margin.top - 1 ? dividerTarget : { at: "end" };
      },
    },
    startTarget,
  );
  useLayoutEffect(() => {
    previousFirstNewKey.current = firstNewKey;
  }, [firstNewKey]);
  const latestRows = useRef(rows);
  useLayoutEffect(() => {
    latestRows.current = rows;
  }, [rows]);
  useLayoutEffect(() => () => places.set(roomId, currentPlace(view, latestRows.current)), [places, roomId, view]);

  const { shouldLoadOlder, shouldLoadNewer } = drawing;
  useEffect(() => {
    if (shouldLoadOlder) loadOlder();
  }, [shouldLoadOlder, loadOlder, rows]);
  useEffect(() => {
    if (shouldLoadNewer) loadNewer();
  }, [shouldLoadNewer, loadNewer, rows]);

  const { visible } = drawing;
  useEffect(() => {
    const seq = anchorSeq(view, rows);
    if (seq) reportPlace(seq);
  }, [visible, view, rows, reportPlace]);

  const scrollToEnd = () => view.scrollTo({ at: "end" });
  const scrollToRow = (index: number) => scrollRowIntoView(view, rows[index]?.key);
  /** Shows a row that was far away, with what is before it. */
  const jumpToRow = (index: number) => scrollRowIntoView(view, rows[index]?.key, view.visibleHeight() * 0.3);
  useScrollDownOnSend(rows, scrollToEnd);
  useKeepEditorVisible(rows[editedIndex]?.key, heightAt(drawing, editedIndex), scroller, view);
  return {
    view,
    drawing,
    rendered: renderedRows(drawing, rows.length, keepRendered),
    scrollToEnd,
    scrollToRow,
    jumpToRow,
  };
}

const dividerTarget = { at: "row", key: "new", pxBelowTop: margin.top } as const;

function initialTarget(rows: readonly LogRowItem[], place: LogPlace | null): ScrollTarget {
  const lastVisitRow = place && rows.find((row) => row.key === place.key || (messageOf(row)?.seq ?? 0) >= place.seq);
  if (lastVisitRow) return { at: "row", key: lastVisitRow.key, pxBelowTop: place.below };
  return rows.some((row) => row.type === "new") ? dividerTarget : { at: "end" };
}

/**
 * Scrolls as little as needed to make a row visible, or puts a row that is not visible `pxBelowTop`. If a row is too tall to fit, its
 * top is shown.
 */
function scrollRowIntoView(view: LogView, key: string | undefined, pxBelowTop = 0): void {
  const box = key === undefined ? null : view.boxOf(key);
  if (key === undefined || !box) return;
  const isTooTall = box.bottom - box.top > view.visibleHeight() - margin.top - margin.bottom;
  const isHidden = box.top < margin.top || box.bottom > view.visibleHeight() - margin.bottom;
  if (pxBelowTop > margin.top && isHidden && !isTooTall) view.scrollTo({ at: "row", key, pxBelowTop });
  else if (box.top < margin.top || isTooTall) view.scrollTo({ at: "row", key, pxBelowTop: margin.top });
  else if (box.bottom > view.visibleHeight() - margin.bottom)
    view.scrollTo({ at: "row", key, pxAboveBottom: margin.bottom });
}

export function isShown({ visible: [first, last] }: LogDrawing, index: number): boolean {
  return index >= 0 && index >= first && index <= last;
}

const heightAt = ({ starts }: LogDrawing, index: number): number | undefined =>
  index < 0 ? undefined : (starts[index + 1] ?? 0) - (starts[index] ?? 0);

/** The indexes of the rows to render, in order. */
function renderedRows(
  { rendered: [first, last] }: LogDrawing,
  count: number,
  keepRendered: readonly number[],
): number[] {
  if (first < 0) return [];
  const inRange = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const outOfRange = keepRendered.filter((at) => at >= 0 && at < count && (at < first || at > last));
  return outOfRange.length > 0 ? [...new Set([...inRange, ...outOfRange])].toSorted((a, b) => a - b) : inRange;
}

/** The reader's position in the log. Null at the end of the log. */
function currentPlace(view: LogView, rows: readonly LogRowItem[]): LogPlace | null {
  const [anchor, seq] = [view.anchorRow(), anchorSeq(view, rows)];
  return anchor && seq && !view.isAtEnd() ? { key: anchor.key, below: anchor.pxBelowTop, seq } : null;
}

/** The `seq` of the anchor row. 0 if the row is not a message, or the message is not sent yet. */
function anchorSeq(view: LogView, rows: readonly LogRowItem[]): number {
  const key = view.anchorRow()?.key;
  return messageOf(rows.find((row) => row.key === key))?.seq ?? 0;
}

/** Scrolls to the end when the person sends a message, wherever they were reading. */
function useScrollDownOnSend(rows: readonly LogRowItem[], scrollDown: () => void) {
  const last = rows.at(-1);
  const previousLastKey = useRef(last?.key);
  useLayoutEffect(() => {
    if (previousLastKey.current === last?.key) return;
    previousLastKey.current = last?.key;
    if (last?.type === "message" && last.unsent) scrollDown();
  });
}

/** Keeps the editor of a message in sight while it grows. */
function useKeepEditorVisible(
  key: string | undefined,
  height: number | undefined,
  scroller: RefObject<HTMLDivElement | null>,
  view: LogView,
): void {
  useEffect(() => {
    const hasFocus = scroller.current?.contains(document.activeElement);
    if (key !== undefined && height !== undefined && hasFocus) scrollRowIntoView(view, key);
  }, [key, height, scroller, view]);
}
