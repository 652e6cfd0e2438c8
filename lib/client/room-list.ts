import type { Message } from "@/lib/contract/message";
import { compareOrder, nameOrder } from "@/lib/contract/name-order";
import type { Membership, Room } from "@/lib/contract/room";
import { isWithBlockedOnly } from "./blocked";
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
  /** How many of the unread messages mention me, at most 100. */
  mentions: number;
  /** The number of pending requests to join, if I may decide about them; otherwise 0. */
  requestCount: number;
  lastMessage: Message | null;
  /** Whether it is a direct room in which I block everybody else. */
  isWithBlockedOnly: boolean;
}

export function roomListItem(state: RoomState): RoomListItem {
  const { roomId, room, membership, unread, requestCount, lastMessage, meId, blocked } = state;
  return {
    roomId,
    room,
    membership,
    unread: unread.seqs.size,
    unreadCapped: isCapped(unread, membership.lastReadSeq),
    mentions: unread.mentions.seqs.size,
    requestCount,
    lastMessage,
    isWithBlockedOnly: isWithBlockedOnly(room, meId, blocked),
  };
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

/**
 * Whether my lists show a room. A room that I have hidden is not shown until its next message, and a conversation with people whom I
 * block only in the list of them.
 */
export function isListed({
  membership: { hiddenUpToSeq },
  lastMessage,
  isWithBlockedOnly: isLeftOut,
}: Pick<RoomListItem, "membership" | "lastMessage" | "isWithBlockedOnly">) {
  return !isLeftOut && (hiddenUpToSeq === null || (lastMessage?.seq ?? 0) > hiddenUpToSeq);
}

function isSame(a: RoomListItem, b: RoomListItem): boolean {
  return (Object.keys(a) as (keyof RoomListItem)[]).every((key) => a[key] === b[key]);
}
