"use client";
import { Compass, Keyboard, MessageCirclePlus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import { PersonAvatar } from "@/components/people/person-avatar";
import { PresenceWords } from "@/components/people/presence-words";
import { useAsker } from "@/components/people/use-asker";
import { useOpenDirect } from "@/components/people/use-open-direct";
import { recentRooms } from "@/components/shell/last-room";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { openPlace, usePaths, usePlace } from "@/components/shell/place";
import { Badge } from "@/components/ui/badge";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useParley } from "@/lib/client/hooks/use-parley";
import { type RoomListItem, useRoomList } from "@/lib/client/hooks/use-room-list";
import { inexactFrom, type Found, findIn } from "@/lib/contract/find";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import { offeredTo } from "@/components/shell/organization-offers";
import { DirectIcon } from "./direct-icon";
import { RoomIcon } from "./room-icon";
import { notesToSelf, onlyOtherIn, peopleCount, roomName } from "./room-name";
import { findJoinable, findRoomsAndPeople, areInexact, isRoom, newRoomName } from "./switcher-options";
import { useJoinable } from "./use-joinable";
import { useSwitcherPeople } from "./use-switcher-people";
import { useRoomTitles } from "./use-room-title";

/** One line of the switcher. It shows icon, name, details and trailing, in this order. */
export interface SwitcherOption {
  id: string;
  icon: ReactNode;
  name: string;
  /** The parts of the name that match the query. */
  marks: Found["marks"];
  /** Shows the name in bold, because the room has unread messages. */
  strong?: boolean;
  /** Secondary text after the name. */
  details?: string;
  /** Shown at the end of the line. */
  trailing?: ReactNode;
  /** A label at the end of the line, such as "Join". Set it if the option does more than open a room. */
  actionLabel?: string;
  shortcut?: string;
  /** Enter does not choose it before the arrows or the pointer have reached it, because others would notice. */
  mustBeReached?: boolean;
  choose: () => void;
}
export interface SwitcherGroup {
  name: string;
  options: SwitcherOption[];
}

/**
 * The options of the switcher for a query: my rooms and people, rooms to join, a new room, and actions. `isSearching`: there is
 * no exact match of mine yet, and people may still be found.
 */
export function useSwitcher(query: string): { groups: SwitcherGroup[]; isSearching: boolean } {
  const rooms = useRoomList();
  const place = usePlace();
  const paths = usePaths();
  const asker = useAsker();
  const openDialog = useOpenDialog();
  const call = useCall();
  const openDirect = useOpenDirect();
  const [recent] = useState(() => recentRooms(asker.personId));
  const trimmedQuery = query.trim();
  const isForPeople = trimmedQuery.startsWith("@");

  const titleOf = useRoomTitles(rooms.map(({ room }) => room));
  const loaded = useStore(useParley().stores.people, (state) => state.people);
  const otherOf = (room: Room) =>
    room.kind === "direct" ? loaded.get(onlyOtherIn(room, asker.personId) ?? "") : undefined;
  const { people, textsOf, isSearching } = useSwitcherPeople(trimmedQuery, rooms);
  const found = findRoomsAndPeople(rooms, people, trimmedQuery, {
    currentId: place.roomId,
    recent,
    textsOf: (item) => (isRoom(item) ? [titleOf(item.room), otherOf(item.room)?.handle ?? ""] : textsOf(item)),
  });
  const areNoneExact = found.length === 0 || areInexact(found);
  const myRoomIds = new Set(rooms.map(({ roomId }) => roomId));
  const otherRooms = useJoinable(isForPeople ? "" : trimmedQuery).filter(({ id }) => !myRoomIds.has(id));
  const joinable = findJoinable(otherRooms, trimmedQuery);
  const mayCreate = offeredTo(asker).has("createRoom");
  const newName =
    mayCreate && !isForPeople ? newRoomName(trimmedQuery, [...rooms.map(({ room }) => room), ...otherRooms]) : null;

  const groups: SwitcherGroup[] = [
    {
      name: areInexact(found) ? `Close to “${trimmedQuery}”` : "Rooms and people",
      options: found.map(({ item, found: { marks } }) => (isRoom(item) ? myRoom(item, marks) : aPerson(item, marks))),
    },
    {
      name: "You can join",
      options: joinable.map(({ item: room, found: { marks, rank } }) => ({
        ...roomOption(room, marks),
        mustBeReached: rank >= inexactFrom,
        details: [peopleCount(room.memberCount), room.topic].filter(Boolean).join(" · "),
        actionLabel: "Join",
        choose() {
          // The preview opens immediately. If joining succeeds, the room replaces it.
          openPlace(paths.room(room.id));
          call("membership.join", { roomId: room.id }).catch((error: Error) => toast.error(error.message));
        },
      })),
    },
    { name: "Actions", options: actions() },
    {
      name: "Or",
      options: newName
        ? [
            {
              id: "new",
              icon: <Plus aria-hidden />,
              name: `Create #${newName}`,
              marks: [],
              details: "A new room",
              mustBeReached: true,
              shortcut: "mod+enter",
              choose: () => openDialog({ kind: "create", name: newName }),
            },
          ]
        : [],
    },
  ];
  return { groups: groups.filter(({ options }) => options.length > 0), isSearching: isSearching && areNoneExact };

  function myRoom({ room, unread, unreadCapped }: RoomListItem, marks: Found["marks"]): SwitcherOption {
    const other = otherOf(room);
    return {
      ...roomOption(room, marks),
      name: titleOf(room),
      strong: unread > 0,
      details: other ? whoIs(other) : room.topic,
      trailing: (
        <>
          {room.archivedAt
            ? "Archived"
            : unread === 0 &&
              (other ? <PresenceWords person={other} /> : room.kind === "channel" && peopleCount(room.memberCount))}
          <Badge count={unreadCapped ? 100 : unread} label="unread" />
        </>
      ),
      choose: () => openPlace(paths.room(room.id)),
    };
  }
  function aPerson(person: Person, marks: Found["marks"]): SwitcherOption {
    const { id } = person;
    const isMe = id === asker.personId;
    return {
      id,
      icon: isMe ? <DirectIcon room={{ id, directIds: [id] }} /> : <PersonAvatar person={person} size={20} />,
      name: isMe ? notesToSelf : person.name,
      marks,
      details: isMe ? "Only you can see this" : whoIs(person),
      trailing: !isMe && <PresenceWords person={person} />,
      choose: () => openDirect(id),
    };
  }
  function actions(): SwitcherOption[] {
    const allActions: SwitcherOption[] = [
      {
        id: "browse",
        icon: <Compass aria-hidden />,
        name: "Browse rooms",
        marks: [],
        choose: () => openPlace(paths.browse),
      },
      ...(mayCreate
        ? [
            {
              id: "create",
              icon: <Plus aria-hidden />,
              name: "New room",
              marks: [],
              choose: () => openDialog({ kind: "create" }),
            },
          ]
        : []),
      {
        id: "newMessage",
        icon: <MessageCirclePlus aria-hidden />,
        name: "New message",
        marks: [],
        shortcut: "mod+shift+k",
        choose: () => openPlace(paths.newMessage),
      },
      {
        id: "help",
        icon: <Keyboard aria-hidden />,
        name: "Keyboard shortcuts",
        marks: [],
        shortcut: "mod+/",
        choose: () => openDialog({ kind: "help" }),
      },
    ];
    if (!trimmedQuery) return allActions;
    const matching = findIn(allActions, trimmedQuery, ({ name }) => [name]);
    // No inexact matches: a misspelt query is more likely a room's name.
    return matching
      .filter((each) => each.found.rank < inexactFrom)
      .map(({ item, found: { marks } }) => ({ ...item, marks }));
  }
}

const whoIs = ({ handle, title }: Person) => [`@${handle}`, title].filter(Boolean).join(", ");

function roomOption(room: Room, marks: Found["marks"]) {
  return { id: room.id, icon: <RoomIcon room={room} />, name: roomName(room), marks };
}
