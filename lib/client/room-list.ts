import type { Message } from "@/lib/contract/message";
import { compareOrder, nameOrder } from "@/lib/contract/name-order";
import type { Membership, Room } from "@/lib/contract/room";
import type { RoomState } from "./room-state";
import { isCapped } from "./unread";

/** A room of mine as the sidebar shows it. */
export interface RoomListItem {
  roomId: string;
  room: Room;
  membership: Membership;
  /** How many messages are unread, at most 100. */
  unread: number;
  /** Whether there may be more. If so, "99+" is shown. */
  unreadCapped: boolean;
  /** The number of pending requests to join, if I may decide about them; otherwise 0. */
  requestCount: number;
  lastMessage: Message | null;
}

export function roomListItem(state: RoomState): RoomListItem {
  const { roomId, room, membership, unread, requestCount, lastMessage } = state;
  const unreadCapped = isCapped(unread, membership.lastReadSeq);
  return { roomId, room, membership, unread: unread.seqs.size, unreadCapped, requestCount, lastMessage };
}

/** Returns a function that lists rooms by name. Unchanged rooms and lists are the same objects as before. */
export function createRoomList(): (rooms: ReadonlyMap<string, RoomState>) => RoomListItem[] {
  const orderKeys = new WeakMap<Room, string>();
  let previous = new Map<string, RoomListItem>();
  let list: RoomListItem[] = [];
  return (rooms) => {
    const items = new Map<string, RoomListItem>();
    for (const state of rooms.values()) {
      const item = roomListItem(state);
      const previousItem = previous.get(item.roomId);
      items.set(item.roomId, previousItem && isSame(previousItem, item) ? previousItem : item);
    }
    const unchanged =
      items.size === previous.size && [...items.values()].every((item) => previous.get(item.roomId) === item);
    previous = items;
    if (unchanged) return list;
    list = [...items.values()].toSorted(
      (a, b) => compareOrder(orderKeyOf(a.room), orderKeyOf(b.room)) || (a.roomId < b.roomId ? -1 : 1),
    );
    return list;
  };

  function orderKeyOf(room: Room): string {
    const orderKey = orderKeys.get(room) ?? nameOrder(room.name ?? "");
    orderKeys.set(room, orderKey);
    return orderKey;
  }
}

/** Whether my lists show a room. A room that I have hidden is not shown until its next message. */
export function isListed({
  membership: { hiddenUpToSeq },
  lastMessage,
}: Pick<RoomListItem, "membership" | "lastMessage">) {
  return hiddenUpToSeq === null || (lastMessage?.seq ?? 0) > hiddenUpToSeq;
}

/** The listed rooms of each section of the sidebar: channels in the given order, direct rooms by their newest message. */
export function sectionsOf(items: readonly RoomListItem[]): { channels: RoomListItem[]; directs: RoomListItem[] } {
  const listed = items.filter(isListed);
  const activeAt = ({ room, lastMessage }: RoomListItem) => lastMessage?.createdAt ?? room.createdAt;
  return {
    channels: listed.filter(({ room }) => room.kind === "channel"),
    directs: listed
      .filter(({ room }) => room.kind === "direct")
      .toSorted((a, b) =>
        activeAt(a) > activeAt(b) ? -1 : activeAt(a) < activeAt(b) ? 1 : a.roomId < b.roomId ? -1 : 1,
      ),
  };
}

function isSame(a: RoomListItem, b: RoomListItem): boolean {
  return (Object.keys(a) as (keyof RoomListItem)[]).every((key) => a[key] === b[key]);
}
