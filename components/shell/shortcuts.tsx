"use client";
import { useEffect, useRef } from "react";
import { useMarkRead } from "@/components/sidebar/use-mark-read";
import { isKey, isText } from "@/components/ui/keys";
import { focusComposer, isOverlayOpen, notePress } from "@/components/ui/return-focus";
import { useParley } from "@/lib/client/hooks/use-parley";
import { roomListItem } from "@/lib/client/room-list";
import { asksToBeRead } from "@/lib/client/sidebar";
import type { RoomState } from "@/lib/client/room-state";
import type { RoomsState } from "@/lib/client/stores/rooms";
import { useOpenDialog } from "./open-dialog";
import { hasPanel, openPlace, replacePlace, type Place, usePaths, usePlace, useProfilePath } from "./place";

/** The keys that open the room above or below in the list: the keys, the step, and whether to skip read rooms. */
const roomKeys = [
  ["alt+up", -1, false],
  ["alt+down", 1, false],
  ["alt+shift+up", -1, true],
  ["alt+shift+down", 1, true],
] as const;
/** The ids of the regions through which F6 moves, in visual order. The composer and the panel are inside the stage. */
const regions = ["rooms", "stage", "composer", "panel"];
/** Per region, the selectors of the element that F6 focuses. The first selector with a visible match applies. */
const focusTargets: Readonly<Record<string, readonly string[]>> = {
  rooms: ["[data-stop][tabindex='0']", "a, button"],
  stage: ["[data-row][tabindex='0']", "input, a, button"],
  composer: ["textarea"],
  panel: ["input", "a, button"],
};

/** The shortcuts that work everywhere in the chat. */
export function Shortcuts() {
  const place = usePlace();
  const paths = usePaths();
  const profilePath = useProfilePath();
  const open = useOpenDialog();
  const { markRead, stores } = useParley();
  const markAllRead = useMarkRead();

  const runShortcut = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isOverlayOpen()) return;
    const preventDefault = () => event.preventDefault();
    const isPressed = (combo: string) => isKey(event, combo);
    if (isPressed("mod+k")) return (preventDefault(), open({ kind: "switch" }));
    if (isPressed("mod+shift+k")) return (preventDefault(), openPlace(paths.newMessage));
    if (isPressed("mod+/")) return (preventDefault(), open({ kind: "help" }));
    if (isPressed("mod+.") && place.at === "room")
      return (preventDefault(), replacePlace(paths.room(place.roomId, hasPanel(place) ? null : "members")));
    if (isPressed("mod+.") && place.at === "threads" && place.open)
      return (preventDefault(), replacePlace(paths.threads));
    if (isPressed("mod+.") && place.at === "people" && place.profileId)
      return (preventDefault(), replacePlace(profilePath(null)));
    for (const [combo, step, onlyUnread] of roomKeys) {
      const next =
        isPressed(combo) && neighbourRoom(roomsInSidebar(stores.rooms.getState(), onlyUnread), place, step, onlyUnread);
      if (next) return (preventDefault(), openPlace(paths.room(next)));
    }
    if (isPressed("f6")) return (preventDefault(), focusNextRegion(1));
    if (isPressed("shift+f6")) return (preventDefault(), focusNextRegion(-1));
    if (isPressed("shift+esc"))
      return (preventDefault(), markAllRead([...stores.rooms.getState().rooms.values()].map(roomListItem)));
    if (isPressed("esc") && place.roomId) {
      const state = stores.rooms.getState().rooms.get(place.roomId);
      if (state && state.unread.seqs.size > 0) markRead(place.roomId, state.clock);
    }
    if (isWriting(event.target)) return;
    if (isPressed("?")) return (preventDefault(), open({ kind: "help" }));
    // If the focus moves now, the browser types the character into the composer.
    if (isText(event) && mayMoveToComposer(event)) focusComposer(event.target instanceof Element ? event.target : null);
  };

  const latestShortcut = useRef(runShortcut);
  useEffect(() => {
    latestShortcut.current = runShortcut;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latestShortcut.current(event);
    const onPress = ({ target }: PointerEvent) => notePress(target);
    addEventListener("keydown", listen);
    addEventListener("pointerdown", onPress, true);
    return () => {
      removeEventListener("keydown", listen);
      removeEventListener("pointerdown", onPress, true);
    };
  }, []);
  return null;
}

/** The rooms of the sidebar, in the order in which it shows them. `andCollapsed`: with the rooms of collapsed sections. */
const roomsInSidebar = ({ rooms }: RoomsState, andCollapsed: boolean): RoomState[] =>
  [...document.querySelectorAll<HTMLElement>("#rooms :is([data-room], [data-collapsed-rooms])")].flatMap(
    ({ dataset: { room, collapsedRooms } }) =>
      (room ?? (andCollapsed ? (collapsedRooms ?? "") : "")).split(" ").flatMap((id) => rooms.get(id) ?? []),
  );

/** The previous or next room in the list, wrapping around. */
function neighbourRoom(rooms: readonly RoomState[], place: Place, step: 1 | -1, onlyUnread: boolean): string | null {
  const currentIndex = rooms.findIndex((item) => item.roomId === place.roomId);
  // If no room is open, starts at the first or last room of the list.
  const start = currentIndex < 0 && step < 0 ? 0 : currentIndex;
  for (let distance = 1; distance <= rooms.length; distance++) {
    const item = rooms[(start + step * distance + rooms.length * 2) % rooms.length];
    if (item && item.roomId !== place.roomId && (!onlyUnread || asksToBeRead(roomListItem(item)))) return item.roomId;
  }
  return null;
}

/** Moves the focus to the next or previous region that is visible. */
function focusNextRegion(step: 1 | -1) {
  const shown = regions
    .map((id) => document.getElementById(id))
    .filter((region) => region !== null && region.offsetParent !== null);
  // Regions can be nested. The last one that contains the focus is the innermost.
  const currentIndex = shown.findLastIndex((region) => region?.contains(document.activeElement));
  const from = currentIndex === -1 && step === -1 ? 0 : currentIndex;
  const next = shown[(from + step + shown.length) % shown.length];
  const candidates = (focusTargets[next?.id ?? ""] ?? []).flatMap((selector) => [
    ...(next?.querySelectorAll<HTMLElement>(selector) ?? []),
  ]);
  (candidates.find((element) => element.offsetParent !== null) ?? next)?.focus();
}

/**
 * Whether a typed character moves the focus to the composer. It does if nothing is focused, or if a control has the focus from a
 * click. Space on a control does not, because it activates the control.
 */
function mayMoveToComposer(event: KeyboardEvent): boolean {
  const { target } = event;
  if (target === document.body) return true;
  return !isKey(event, "space") && target instanceof HTMLElement && !target.matches(":focus-visible, [data-row]");
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
