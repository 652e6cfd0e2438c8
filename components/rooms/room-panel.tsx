"use client";
import { ChevronLeft, X } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { MembersPanel } from "@/components/people/members-panel";
import { Bar } from "@/components/shell/frame";
import { replacePlace, type Panel, usePaths } from "@/components/shell/place";
import { touchDevice } from "@/components/shell/use-media";
import { isKey } from "@/components/ui/keys";
import { focusComposer } from "@/components/ui/return-focus";
import { IconButton } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { RoomDetails } from "./room-details";
import { roomLabel } from "./room-name";

const titles: Record<Panel, string> = { members: "Members", details: "Details" };
const options = [
  { value: "members", label: titles.members },
  { value: "details", label: titles.details },
] as const;

/** The panel of a room: beside it in wide windows, over it in narrower ones, instead of it on phones. */
export default function RoomPanel({ item, panel }: { item: RoomListItem; panel: Panel }) {
  const { roomId, room } = item;
  const paths = usePaths();
  const close = () => replacePlace(paths.room(roomId));
  return (
    <Frame label={`${titles[panel]} of ${roomLabel(room)}`} onEscape={close}>
      <Bar className="md:pl-4">
        <IconButton label="Back to room" tooltip={false} className="md:hidden" onClick={close}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h2 className="sr-only">{titles[panel]}</h2>
        <Segmented
          label="Panel"
          options={options}
          value={panel}
          onChange={(next) => replacePlace(paths.room(roomId, next))}
          className="mr-auto"
        />
        <IconButton label="Close" shortcut="mod+." className="max-md:hidden" onClick={close}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      {panel === "members" ? <MembersPanel item={item} /> : <RoomDetails item={item} />}
    </Frame>
  );
}

function Frame({ label, onEscape, children }: { label: string; onEscape: () => void; children: ReactNode }) {
  // Listens on the window, because in narrow windows the panel covers the room wherever the focus is.
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (!isKey(event, "esc") || event.defaultPrevented || !matchMedia("(max-width: 1199px)").matches) return;
      event.preventDefault();
      onEscape();
    };
    addEventListener("keydown", closeOnEscape);
    return () => removeEventListener("keydown", closeOnEscape);
  }, [onEscape]);
  // If the focused element was removed with the panel, moves the focus to the composer.
  useEffect(
    () => () => {
      if (document.activeElement === document.body && !matchMedia(touchDevice).matches) focusComposer();
    },
    [],
  );
  return (
    <aside
      id="panel"
      tabIndex={-1}
      aria-label={label}
      className="relative flex min-h-0 w-panel flex-none flex-col border-l bg-surface outline-none max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:animate-fade-in max-lg:shadow-dialog max-md:w-full max-md:border-l-0 max-md:shadow-none"
    >
      {children}
    </aside>
  );
}
