"use client";
import dynamic from "next/dynamic";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import { useScrollToCurrent } from "@/components/shell/use-scroll-to-current";
import { useRoomLabels } from "@/components/rooms/use-room-title";
import { isKey } from "@/components/ui/keys";
import { loadUnsent } from "@/components/people/load-unsent";
import { useLaterPanel } from "@/components/ui/later";
import { MenuAt } from "@/components/ui/menu";
import { retrying } from "@/components/ui/on-demand";
import { useInvites } from "@/lib/client/hooks/use-invites";
import { useHasUnopened } from "@/lib/client/hooks/use-outbox";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { useRoom } from "@/lib/client/hooks/use-room";
import { isShown, type ListedSection } from "@/lib/client/sidebar";
import { SectionView, UnreadSection } from "./section-view";
import { useArrangement } from "./use-arrangement";
import { useDrag } from "./use-drag";
import { useHold } from "./use-hold";
import { useListKeys } from "./use-list-keys";

// Loaded only for people with an invite.
const NewestInvite = dynamic(
  retrying(async () => ({ default: (await import("@/components/room-invites/newest-invite")).NewestInvite })),
  { loading: () => null },
);

// Loaded only for people with such a message.
const UnsentConversations = dynamic(retrying(loadUnsent), { ssr: false });

// Loaded when only unread rooms are shown.
const UnreadOnlyHead = dynamic(
  retrying(async () => ({ default: (await import("./unread-only")).UnreadOnlyHead })),
  { ssr: false },
);
const UnreadOnlyEnd = dynamic(
  retrying(async () => ({ default: (await import("./unread-only")).UnreadOnlyEnd })),
  { ssr: false },
);

/** Whose menu is open. */
type OpenMenu = { roomId: string; sectionId?: undefined } | { sectionId: string; roomId?: undefined };

/** The row at which a room's menu is open. After the room has moved to another section, it is another element. */
const rowOf = (list: HTMLElement | null, roomId: string): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(roomId)}"]`) ??
  list?.querySelector<HTMLElement>('[data-stop][tabindex="0"]') ??
  null;

const loadMenus = () => import("./menus");

type SidebarListProps = {
  /** The room on the screen. */
  currentId: string | null;
  isUnreadOnly: boolean;
  onShowAll: () => void;
  /** The buttons that add to a section, by its id. */
  adders: Readonly<Record<string, ReactNode>>;
};

/** My rooms in sections. It is one stop of the Tab key; arrows, Home and End move within it. */
export function SidebarList({ currentId, isUnreadOnly, onShowAll, adders }: SidebarListProps) {
  const latest = useArrangement(currentId, isUnreadOnly);
  const list = useRef<HTMLDivElement>(null);
  const invites = useInvites();
  const hasUnopened = useHasUnopened();
  const { focusedStop, handlers } = useListKeys(list);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { module: menus, fetchAhead } = useLaterPanel(loadMenus, menu !== null, () => setMenu(null));
  const openRoom = useRoom(menu?.roomId ?? "");
  // The menu of a room that I am no longer in closes.
  if (menu?.roomId !== undefined && !openRoom) setMenu(null);
  // While a menu is open, nothing moves.
  const [kept, keep] = useState(latest);
  if (!menu && kept !== latest) keep(latest);
  const { unread, sections, hiddenCount } = menu ? kept : latest;
  const shown = sections.filter((listed) => isShown(listed, isUnreadOnly));
  const reachable = [...unread, ...shown.flatMap(visibleRooms(currentId))];
  const isListed = (id: string | null) => reachable.some(({ roomId }) => roomId === id);
  const isTitleFocused = focusedStop !== null && !isListed(focusedStop);
  const tabStopId = isTitleFocused ? null : ([focusedStop, currentId].find(isListed) ?? reachable[0]?.roomId ?? null);
  // Without rooms, the Tab key reaches the first title.
  const firstTitle = reachable.length === 0 && !isTitleFocused ? shown[0]?.section.id : undefined;
  useScrollToCurrent(list, isListed(currentId) ? currentId : null);

  function openMenuAt(target: Element): boolean {
    const stop = target.closest<HTMLElement>("[data-stop]")?.dataset.stop;
    if (stop === undefined) return false;
    const sectionId = /^section (.*)/.exec(stop)?.[1];
    setMenu(sectionId === undefined ? { roomId: stop } : { sectionId });
    return true;
  }
  const hold = useHold(openMenuAt);
  const keys = {
    ...handlers,
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const asksForMenu = isKey(event, "contextmenu") || isKey(event, "shift+f10");
      if (asksForMenu && openMenuAt(event.target as Element)) event.preventDefault();
      else handlers.onKeyDown(event);
    },
  };
  const loadDrag = useDrag(list);
  const labelOf = useRoomLabels(openRoom ? [openRoom.room] : []);
  const order = shown.map(({ section }) => section.id);

  return (
    <>
      <div
        ref={list}
        className="min-h-0 flex-1 scroll-py-10 overflow-x-hidden overflow-y-auto overscroll-contain px-3 pt-1.5 pb-3 max-md:rounded-t-bubble max-md:border-t max-md:bg-surface max-md:px-2"
        {...keys}
        {...hold}
        onPointerEnter={(event) => {
          loadDrag(event);
          fetchAhead();
        }}
        onContextMenu={(event: MouseEvent) => openMenuAt(event.target as Element) && event.preventDefault()}
      >
        {invites.length > 0 && <NewestInvite invites={invites} />}
        {hasUnopened && <UnsentConversations />}
        {isUnreadOnly && <UnreadOnlyHead onShowAll={onShowAll} />}
        {unread.length > 0 && <UnreadSection rooms={unread} currentId={currentId} tabStopId={tabStopId} />}
        {shown.map((listed) => {
          const { id } = listed.section;
          return (
            <SectionView
              key={id}
              listed={listed}
              currentId={currentId}
              tabStopId={tabStopId}
              isFocused={focusedStop === `section ${id}`}
              isTabStop={id === firstTitle}
              isMenuOpen={menus !== undefined && menu?.sectionId === id}
              onMenuChange={(isOpen) => setMenu(isOpen ? { sectionId: id } : null)}
              menu={menus && <menus.SectionMenuItems {...listed} order={order} />}
            >
              {adders[id]}
            </SectionView>
          );
        })}
        {isUnreadOnly && <UnreadOnlyEnd hiddenCount={hiddenCount} rooms={sections.flatMap(({ all }) => all)} />}
      </div>
      <MenuAt
        anchor={menus && openRoom ? () => rowOf(list.current, openRoom.roomId) : null}
        onClose={() => setMenu(null)}
        label={openRoom ? labelOf(openRoom.room) : "Options"}
      >
        {menus && openRoom && <menus.RoomMenuItems item={openRoom} />}
      </MenuAt>
    </>
  );
}

/** Returns a function with the rooms of a section that can be reached: of a collapsed one, the room on the screen. */
const visibleRooms =
  (currentId: string | null) =>
  ({ section, rooms }: ListedSection): RoomListItem[] =>
    section.isCollapsed ? rooms.filter(({ roomId }) => roomId === currentId) : rooms;
