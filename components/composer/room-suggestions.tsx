"use client";
import { useState } from "react";
import { RoomIcon } from "@/components/rooms/room-icon";
import { peopleCount, roomName } from "@/components/rooms/room-name";
import { findJoinable, findRoomsAndPeople, isRoom } from "@/components/rooms/switcher-options";
import { useJoinable } from "@/components/rooms/use-joinable";
import { recentRooms } from "@/components/shell/last-room";
import { useMe } from "@/lib/client/hooks/use-me";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import type { Found } from "@/lib/contract/find";
import type { Room } from "@/lib/contract/room";
import { type SignProps, type Suggestion, SuggestionList } from "./suggestion-list";

const maxMine = 8;

/** The rooms that a # offers: mine, then those that I can join. */
export function RoomSuggestions({ word, roomId, ...list }: SignProps) {
  const { me } = useMe();
  const rooms = useRoomList();
  const [recent] = useState(() => recentRooms(me.id));
  const mine = findRoomsAndPeople(rooms, [], `#${word.query}`, { currentId: roomId, recent }).slice(0, maxMine);
  const myIds = new Set(rooms.map((each) => each.roomId));
  const others = useJoinable(word.query).filter(({ id }) => !myIds.has(id));
  const suggestions = [
    ...mine.flatMap(({ item, found }) => (isRoom(item) ? [toSuggestion(item.room, found, "Your rooms")] : [])),
    ...findJoinable(others, word.query).map(({ item, found }) => toSuggestion(item, found, "Rooms you can join")),
  ];
  return <SuggestionList {...list} word={word} label="Rooms" suggestions={suggestions} hint="names the room" />;
}

function toSuggestion(room: Room, { marks }: Found, section: string): Suggestion {
  const name = roomName(room);
  return {
    id: room.id,
    section,
    icon: <RoomIcon room={room} className="size-4 text-ink-soft" />,
    name,
    marks,
    ...(room.topic && { details: room.topic }),
    trailing: room.archivedAt ? "Archived" : peopleCount(room.memberCount),
    insert: `#${name} `,
  };
}
