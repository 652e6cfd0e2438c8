"use client";
import { useEffect, useRef } from "react";
import { isKey, isText } from "@/components/ui/keys";
import { focusComposer } from "@/components/ui/return-focus";
import { useParley } from "@/lib/client/hooks/use-parley";
import { type RoomListItem, useRoomList } from "@/lib/client/hooks/use-room-list";
import { useOpenDialog } from "./open-dialog";
import { go, goInstead, type Place, roomPath, usePlace } from "./place";

const neighbours = [
  ["alt+up", -1, false],
  ["alt+down", 1, false],
  ["alt+shift+up", -1, true],
  ["alt+shift+down", 1, true],
] as const;
/** The ids of the window's parts in visual order. The composer and the panel are inside the stage. */
const regions = ["rooms", "stage", "composer", "panel"];
/** In each part, the first of these elements gets the focus. */
const entrances: Readonly<Record<string, readonly string[]>> = {
  rooms: ["[data-room] a[tabindex='0']", "a, button"],
  stage: ["[data-row][tabindex='0']", "input, a, button"],
  composer: ["textarea"],
  panel: ["input", "a, button"],
};

/** The shortcuts that work everywhere in the chat. */
export function Shortcuts() {
  const place = usePlace();
  const rooms = useRoomList();
  const open = useOpenDialog();
  const { markRead, stores } = useParley();

  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]'))
      return;
    const did = () => event.preventDefault();
    const is = (combo: string) => isKey(event, combo);
    if (is("mod+k")) return (did(), open({ kind: "switch" }));
    if (is("mod+/")) return (did(), open({ kind: "help" }));
    if (is("mod+.") && place.roomId) return (did(), goInstead(roomPath(place.roomId, place.panel ? null : "members")));
    for (const [combo, step, unread] of neighbours) {
      const next = is(combo) && neighbour(rooms, place, step, unread);
      if (next) return (did(), go(roomPath(next)));
    }
    if (is("f6")) return (did(), nextRegion(1));
    if (is("shift+f6")) return (did(), nextRegion(-1));
    if (is("esc") && place.roomId) {
      const state = stores.rooms.getState().rooms.get(place.roomId);
      if (state && state.unread.seqs.size > 0) markRead(place.roomId, state.clock);
    }
    if (isWriting(event.target)) return;
    if (is("?")) return (did(), open({ kind: "help" }));
    // Letters typed while nothing is focused go to the composer.
    if (isText(event) && isNowhere(event)) focusComposer();
  };

  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return null;
}

/** The previous or next room in the list, wrapping around. `unread`: only rooms with unread messages. */
function neighbour(rooms: readonly RoomListItem[], place: Place, step: 1 | -1, unread: boolean): string | null {
  const here = rooms.findIndex((item) => item.roomId === place.roomId);
  const start = here < 0 && step < 0 ? 0 : here;
  for (let tried = 1; tried <= rooms.length; tried++) {
    const item = rooms[(start + step * tried + rooms.length * 2) % rooms.length];
    if (item && item.roomId !== place.roomId && (!unread || item.unread > 0)) return item.roomId;
  }
  return null;
}

/** Moves the focus to the next part of the window. */
function nextRegion(step: 1 | -1) {
  const shown = regions
    .map((id) => document.getElementById(id))
    .filter((region) => region !== null && region.offsetParent !== null);
  // Parts are nested: take the innermost.
  const here = shown.findLastIndex((region) => region?.contains(document.activeElement));
  const next = shown[(here + step + shown.length) % shown.length];
  const inside = (entrances[next?.id ?? ""] ?? []).flatMap((selector) => [
    ...(next?.querySelectorAll<HTMLElement>(selector) ?? []),
  ]);
  (inside.find((element) => element.offsetParent !== null) ?? next)?.focus();
}

/** Whether the focus is on nothing, or on a control that was clicked: there, Space would press it again. */
function isNowhere(event: KeyboardEvent): boolean {
  const { target } = event;
  if (target === document.body) return true;
  return !isKey(event, "space") && target instanceof HTMLElement && !target.matches(":focus-visible, [data-row]");
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
