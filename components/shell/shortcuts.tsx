"use client";
import { useEffect, useRef } from "react";
import { isKey, isText } from "@/components/ui/keys";
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
const regions = ["rooms", "stage", "panel"];

/** The keys that work everywhere in the chat. */
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
    // Letters typed at nothing in particular are meant for the composer, and go there by themselves.
    if (isText(event) && event.target === document.body) document.querySelector<HTMLElement>("form textarea")?.focus();
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

/** The room before or after this one in the list, all around; with `unread` only those with something new. */
function neighbour(rooms: readonly RoomListItem[], place: Place, step: 1 | -1, unread: boolean): string | null {
  const here = rooms.findIndex((item) => item.roomId === place.roomId);
  const start = here < 0 && step < 0 ? 0 : here;
  for (let tried = 1; tried <= rooms.length; tried++) {
    const item = rooms[(start + step * tried + rooms.length * 2) % rooms.length];
    if (item && item.roomId !== place.roomId && (!unread || item.unread > 0)) return item.roomId;
  }
  return null;
}

/** From one part of the window to the next: the rooms, the room, its panel. */
function nextRegion(step: 1 | -1) {
  const shown = regions
    .map((id) => document.getElementById(id))
    .filter((region) => region !== null && region.offsetParent !== null);
  // The innermost: the panel stands inside the stage.
  const here = shown.findLastIndex((region) => region?.contains(document.activeElement));
  const next = shown[(here + step + shown.length) % shown.length];
  const within = next?.id === "stage" ? "form textarea, [data-row][tabindex='0']" : "a[aria-current], input, a, button";
  (next?.querySelector<HTMLElement>(within) ?? next)?.focus();
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
