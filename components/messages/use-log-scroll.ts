"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { isLooking } from "@/lib/client/looking";
import { type LogPlace, useLogPlaces } from "./log-places";
import { type LogRowItem, messageOf } from "./log-rows";
import { headerHeight, type LogDrawing, type LogGoal } from "./log-drawing";
import type { LogView } from "./log-view";
import { useLogView } from "./use-log-view";

type LogScroll = {
  roomId: string;
  rows: readonly LogRowItem[];
  hasBefore: boolean;
  hasAfter: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  /** The index of the row that is being edited; -1 if there is none. */
  editingAt: number;
  /** Indexes of rows to render even when they are out of sight: the focused one, the edited one, both ends of the selection. */
  keep: readonly number[];
  /** Called when the first, or the last, loaded rows come near, so that more can be loaded. */
  onTop: () => void;
  onBottom: () => void;
  /** Gets the `seq` of a message that is being looked at. */
  onLook: (seq: number) => void;
};

/** How far from the edges of the visible part a row comes to stand that is scrolled to, in px. */
const margin = { top: headerHeight + 8, bottom: 8 };

/**
 * Controls the scroll position of a room's log. It starts at the position of the last visit, else at the divider "New", else at
 * the end. New messages scroll the log only if it is at its end; one's own message always does. Messages that load above or
 * below do not move what is visible.
 */
export function useLogScroll(log: LogScroll) {
  const { roomId, rows, hasBefore, hasAfter, scroller, editingAt, keep, onTop, onBottom, onLook } = log;
  const places = useLogPlaces();
  const [first] = useState(() => firstGoal(rows, places.get(roomId)));
  const dividerAt = rows.findIndex((row) => row.type === "new");
  const firstNew = rows[dividerAt + 1]?.key;
  const previousFirstNew = useRef(firstNew);
  const { view, drawing } = useLogView(
    scroller,
    {
      rows,
      hasBefore,
      hasAfter,
      follow(shown) {
        const editor = shown.boxOf(rows[editingAt]?.key ?? "");
        if (editor && editor.bottom > 0 && editor.top < shown.visibleHeight()) return null;
        // Stop at the divider if nobody is looking at the page, or if the divider has just appeared. Never scroll up to it.
        const stops = !isLooking() || firstNew !== previousFirstNew.current;
        const divider = stops ? shown.boxOf(dividerGoal.key) : null;
        return divider && divider.top >= margin.top - 1 ? dividerGoal : { at: "end" };
      },
    },
    first,
  );
  useLayoutEffect(() => {
    previousFirstNew.current = firstNew;
  }, [firstNew]);
  const latestRows = useRef(rows);
  useLayoutEffect(() => {
    latestRows.current = rows;
  }, [rows]);
  useLayoutEffect(() => () => places.set(roomId, placeOf(view, latestRows.current)), [places, roomId, view]);

  const { nearFirst, nearLast } = drawing;
  useEffect(() => {
    if (nearFirst) onTop();
  }, [nearFirst, onTop, rows]);
  useEffect(() => {
    if (nearLast) onBottom();
  }, [nearLast, onBottom, rows]);

  const { visible } = drawing;
  useEffect(() => {
    const seq = seqOf(view, rows);
    if (seq) onLook(seq);
  }, [visible, view, rows, onLook]);

  const scrollToEnd = () => view.scrollTo({ at: "end" });
  const scrollToRow = (index: number) => showRow(view, rows[index]?.key);
  useOwnScrollsDown(rows, scrollToEnd);
  useEditorInSight(rows[editingAt]?.key, heightAt(drawing, editingAt), scroller, view);
  return { view, drawing, rendered: renderedRows(drawing, rows.length, keep), scrollToEnd, scrollToRow };
}

const dividerGoal = { at: "row", key: "new", below: margin.top } as const;

function firstGoal(rows: readonly LogRowItem[], place: LogPlace | null): LogGoal {
  const left = place && rows.find((row) => row.key === place.key || (messageOf(row)?.seq ?? 0) >= place.seq);
  if (left) return { at: "row", key: left.key, below: place.below };
  return rows.some((row) => row.type === "new") ? dividerGoal : { at: "end" };
}

/** Scrolls as little as needed to make a row visible. Of a row that is too tall, the beginning is shown. */
function showRow(view: LogView, key: string | undefined): void {
  const box = key === undefined ? null : view.boxOf(key);
  if (key === undefined || !box) return;
  const isTooTall = box.bottom - box.top > view.visibleHeight() - margin.top - margin.bottom;
  if (box.top < margin.top || isTooTall) view.scrollTo({ at: "row", key, below: margin.top });
  else if (box.bottom > view.visibleHeight() - margin.bottom) view.scrollTo({ at: "row", key, above: margin.bottom });
}

export function isShown({ visible: [first, last] }: LogDrawing, index: number): boolean {
  return index >= 0 && index >= first && index <= last;
}

const heightAt = ({ starts }: LogDrawing, index: number): number | undefined =>
  index < 0 ? undefined : (starts[index + 1] ?? 0) - (starts[index] ?? 0);

/** The indexes of the rows to render, in order. */
function renderedRows({ rendered: [first, last] }: LogDrawing, count: number, keep: readonly number[]): number[] {
  if (first < 0) return [];
  const near = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const extra = keep.filter((at) => at >= 0 && at < count && (at < first || at > last));
  return extra.length > 0 ? [...new Set([...near, ...extra])].toSorted((a, b) => a - b) : near;
}

/** Where the reader is; null at the log's end. */
function placeOf(view: LogView, rows: readonly LogRowItem[]): LogPlace | null {
  const [held, seq] = [view.heldRow(), seqOf(view, rows)];
  return held && seq && !view.isAtEnd() ? { ...held, seq } : null;
}

/** The `seq` of the message that is being looked at; 0 if it is not sent. */
function seqOf(view: LogView, rows: readonly LogRowItem[]): number {
  const key = view.heldRow()?.key;
  return messageOf(rows.find((row) => row.key === key))?.seq ?? 0;
}

/** Scrolls to the end when the person sends a message, wherever they were reading. */
function useOwnScrollsDown(rows: readonly LogRowItem[], scrollDown: () => void) {
  const last = rows.at(-1);
  const known = useRef(last?.key);
  useLayoutEffect(() => {
    if (known.current === last?.key) return;
    known.current = last?.key;
    if (last?.type === "message" && last.unsent) scrollDown();
  });
}

/** Keeps the editor of a message in sight while it grows. */
function useEditorInSight(
  key: string | undefined,
  height: number | undefined,
  scroller: RefObject<HTMLDivElement | null>,
  view: LogView,
): void {
  useEffect(() => {
    const hasFocus = scroller.current?.contains(document.activeElement);
    if (key !== undefined && height !== undefined && hasFocus) showRow(view, key);
  }, [key, height, scroller, view]);
}
