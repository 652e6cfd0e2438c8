"use client";
import { type RefObject, useLayoutEffect, useReducer, useState } from "react";
import { flushSync } from "react-dom";
import type { LogDrawing, ScrollTarget } from "./log-drawing";
import { createLogView, type LogView, type LogViewOptions } from "./log-view";

/** Positions the rows of a log. `firstTarget` is the initial scroll position. */
export function useLogView(
  scroller: RefObject<HTMLElement | null>,
  options: LogViewOptions,
  firstTarget: ScrollTarget,
): { view: LogView; drawing: LogDrawing } {
  const [view] = useState(() => createLogView(firstTarget));
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  view.setRows(options);
  useLayoutEffect(() => view.subscribe((isCommitting) => (isCommitting ? redraw() : flushSync(redraw))), [view]);
  useLayoutEffect(() => (scroller.current ? view.attach(scroller.current) : undefined), [view, scroller]);
  useLayoutEffect(() => view.commit());
  return { view, drawing: view.drawing() };
}
