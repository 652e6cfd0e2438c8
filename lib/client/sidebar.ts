import type { Room } from "@/lib/contract/room";
import type { Section } from "@/lib/contract/section";
import { compareOrder, nameOrder } from "@/lib/contract/name-order";
import type { RoomListItem } from "./room-list";
import { isListed } from "./room-list";
import type { SidebarChange } from "./stores/outbox";

/** A section of the sidebar with the rooms in it, in the order in which they are shown. */
export interface ListedSection {
  section: Section;
  rooms: RoomListItem[];
  /** All listed rooms of the section, also those that are shown as unread or not shown. */
  all: RoomListItem[];
}

export interface Arrangement {
  /** Rooms that ask to be read, above all sections. */
  unread: RoomListItem[];
  sections: ListedSection[];
  /** How many listed rooms are hidden, because they have nothing unread. */
  hiddenCount: number;
}

interface ArrangeOptions {
  /** My rooms, sorted by name; direct rooms have none. */
  rooms: readonly RoomListItem[];
  sections: readonly Section[];
  /** Names a direct room. */
  titleOf: (room: Room) => string;
  /** The room on the screen, and whether it was unread when it was opened. It stays where it is until another one is opened. */
  current: { roomId: string | null; wasUnread: boolean };
  /** Whether only unread rooms are shown. Then they stay in their sections. */
  isUnreadOnly: boolean;
}

/** Whether a room asks to be read. A muted one does only if it mentions me. */
export const asksToBeRead = ({
  unread,
  mentions,
  membership,
}: Pick<RoomListItem, "unread" | "mentions" | "membership">): boolean =>
  mentions > 0 || (unread > 0 && !membership.isMuted);

/** The id of the section that a room is in. The id of a section that no longer exists counts as none. */
export function sectionIdOf({ room, membership }: RoomListItem, sections: readonly Section[]): string {
  const { sectionId } = membership;
  if (sectionId !== null && sections.some(({ id }) => id === sectionId)) return sectionId;
  return room.kind === "direct" ? "directs" : "rooms";
}

/** Sorts my listed rooms into the sections of my sidebar. */
export function arrange({ rooms, sections, titleOf, current, isUnreadOnly }: ArrangeOptions): Arrangement {
  const shown = new Map<string, RoomListItem[]>(sections.map(({ id }) => [id, []]));
  const all = new Map<string, RoomListItem[]>(sections.map(({ id }) => [id, []]));
  const unread: RoomListItem[] = [];
  let hiddenCount = 0;
  const sectionOf = new Map<string, Section>(sections.map((section) => [section.id, section]));
  const isCurrent = ({ roomId }: RoomListItem) => roomId === current.roomId;
  const isUnread = (item: RoomListItem) => (isCurrent(item) ? current.wasUnread : asksToBeRead(item));
  for (const item of rooms.filter(isListed)) {
    const sectionId = sectionIdOf(item, sections);
    const section = sectionOf.get(sectionId);
    all.get(sectionId)?.push(item);
    const hidesRead = isUnreadOnly || section?.isUnreadOnly === true;
    // The rooms of a collapsed section stay in it. Its title shows how much is unread.
    if (!isUnreadOnly && !section?.isCollapsed && isUnread(item)) unread.push(item);
    else if (hidesRead && !asksToBeRead(item) && !isCurrent(item)) hiddenCount += 1;
    else shown.get(sectionId)?.push(item);
  }
  const sorted = (items: RoomListItem[], sort: Section["sort"]) =>
    items.toSorted(sort === "activity" ? byActivity : byName(titleOf));
  return {
    unread: sorted(unread, "name"),
    sections: sections.map((section) => ({
      section,
      rooms: sorted(shown.get(section.id) ?? [], section.sort),
      all: all.get(section.id) ?? [],
    })),
    hiddenCount,
  };
}

/** My sections, with the changes that the server has not confirmed. */
export function withChanges(sections: readonly Section[], changes: readonly SidebarChange[]): readonly Section[] {
  return changes.reduce((current, change) => {
    if ("roomId" in change) return current;
    const { sectionId, beforeSectionId, intentId: _, ...fields } = change as typeof change & { intentId?: string };
    const before = current.find(({ id }) => id === sectionId);
    if (!before) return current;
    const changed = { ...before, ...fields };
    if (beforeSectionId === undefined || beforeSectionId === sectionId)
      return current.map((each) => (each === before ? changed : each));
    const others = current.filter((each) => each !== before);
    const at = others.findIndex(({ id }) => id === beforeSectionId);
    return others.toSpliced(at < 0 ? others.length : at, 0, changed);
  }, sections);
}

/** Rooms, in the sections to which they are being moved. */
export function withMoves(rooms: readonly RoomListItem[], changes: readonly SidebarChange[]): readonly RoomListItem[] {
  const sectionOf = new Map(
    changes.flatMap((change) => ("roomId" in change ? [[change.roomId, change.sectionId]] : [])),
  );
  if (sectionOf.size === 0) return rooms;
  return rooms.map((item) => {
    const sectionId = sectionOf.get(item.roomId);
    return sectionId === undefined ? item : { ...item, membership: { ...item.membership, sectionId } };
  });
}

const activeAt = ({ room, lastMessage }: RoomListItem) => lastMessage?.createdAt ?? room.createdAt;
const byId = (a: RoomListItem, b: RoomListItem) => (a.roomId < b.roomId ? -1 : 1);
const byActivity = (a: RoomListItem, b: RoomListItem) =>
  activeAt(a) === activeAt(b) ? byId(a, b) : activeAt(a) > activeAt(b) ? -1 : 1;

/** Rooms come before direct rooms. Rooms are sorted by name already. */
function byName(titleOf: (room: Room) => string) {
  const titles = new Map<string, string>();
  const titleKey = ({ roomId, room }: RoomListItem) => {
    const key = titles.get(roomId) ?? nameOrder(titleOf(room));
    titles.set(roomId, key);
    return key;
  };
  return (a: RoomListItem, b: RoomListItem): number => {
    if (a.room.kind !== b.room.kind) return a.room.kind === "direct" ? 1 : -1;
    return a.room.kind === "direct" ? compareOrder(titleKey(a), titleKey(b)) || byId(a, b) : 0;
  };
}

/**
 * Whether the sidebar shows a section. Without rooms, the favourites are not shown. If only unread rooms are shown, neither are
 * sections without any.
 */
export const isShown = ({ section, rooms, all }: ListedSection, isUnreadOnly: boolean): boolean =>
  isUnreadOnly ? rooms.length > 0 : section.id !== "favourites" || all.length > 0;

/** How many messages are unread in these rooms, at most 100. Of muted rooms, only mentions count. */
export const unreadIn = (rooms: readonly RoomListItem[]): number =>
  Math.min(
    100,
    rooms.reduce((sum, { unread, unreadCapped, mentions, membership }) => {
      const all = unreadCapped ? 100 : unread;
      return sum + (membership.isMuted ? mentions : all);
    }, 0),
  );

/** How many of them mention me. */
export const mentionsIn = (rooms: readonly RoomListItem[]): number =>
  Math.min(
    100,
    rooms.reduce((sum, { mentions }) => sum + mentions, 0),
  );
