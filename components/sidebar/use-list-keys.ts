"use client";
import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { isKey } from "@/components/ui/keys";

const isRoom = (stop: HTMLElement) => stop.tagName === "A";
const stopsIn = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>("[data-stop]")];

/** The id of the stop that an element belongs to. The menu button of a section belongs to its title. */
function stopOf({ dataset: { stop, sectionMenu } }: HTMLElement): string | null {
  return stop ?? (sectionMenu === undefined ? null : `section ${sectionMenu}`);
}

/**
 * Makes a list one stop of the Tab key. Arrows move between its elements with `data-stop`, which has the id of each; Home and End
 * move to the first and last room. `focusedStop` is the id of the one that has the focus.
 */
export function useListKeys(list: RefObject<HTMLElement | null>) {
  const [focusedStop, setFocusedStop] = useState<string | null>(null);
  /** The element that has the focus, and where its stop is among the others. */
  const focused = useRef<{ element: HTMLElement; index: number }>(undefined);

  // A row that moves to another section is rendered as a new element. The focus moves to that element, or to the row now in the old place.
  useLayoutEffect(() => {
    const { element, index = 0 } = focused.current ?? {};
    if (!list.current || !element || element.isConnected || document.activeElement !== document.body) return;
    const stops = stopsIn(list.current);
    const same = stops.find(({ dataset }) => dataset.stop === focusedStop);
    (same ?? stops[Math.min(index, stops.length - 1)])?.focus({ preventScroll: true });
  });

  return {
    focusedStop,
    handlers: {
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const stops = stopsIn(event.currentTarget);
        const stop = stopOf(event.target as HTMLElement);
        const at = stops.findIndex(({ dataset }) => dataset.stop === stop);
        if (at < 0 || event.defaultPrevented) return;
        const next = isKey(event, "down")
          ? at + 1
          : isKey(event, "up")
            ? at - 1
            : isKey(event, "home")
              ? stops.findIndex(isRoom)
              : isKey(event, "end")
                ? stops.findLastIndex(isRoom)
                : null;
        if (next === null) return;
        event.preventDefault();
        stops[next]?.focus();
      },
      // Events of menus, which are elsewhere on the page, arrive here too.
      onFocus({ currentTarget, target }: FocusEvent<HTMLElement>) {
        if (!currentTarget.contains(target) || !(target instanceof HTMLElement)) return;
        const stop = stopOf(target);
        setFocusedStop(stop);
        focused.current = { element: target, index: stopsIn(currentTarget).findIndex((each) => stopOf(each) === stop) };
      },
      onBlur({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>) {
        const isInMenu = relatedTarget?.closest('[role="menu"]');
        if (!currentTarget.contains(target) || currentTarget.contains(relatedTarget) || isInMenu) return;
        if (!document.hasFocus()) return;
        setFocusedStop(null);
        focused.current = undefined;
      },
    },
  };
}
