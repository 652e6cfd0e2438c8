"use client";
import { Compass, Keyboard, MessageCirclePlus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAsker } from "@/components/people/use-asker";
import { recentRooms } from "@/components/shell/last-room";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { openPlace, usePaths, usePlace } from "@/components/shell/place";
import { Badge } from "@/components/ui/badge";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useRoomList } from "@/lib/client/hooks/use-room-list";
import { inexactFrom, type Found, findIn } from "@/lib/contract/find";
import type { Room } from "@/lib/contract/room";
import { offeredTo } from "@/components/shell/organization-offers";
import { RoomIcon } from "./room-icon";
import { peopleCount, roomName } from "./room-name";
import { findJoinable, findRooms, areInexact, newRoomName } from "./switcher-options";
import { useJoinable } from "./use-joinable";
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
  choose: () => void;
}
export interface SwitcherGroup {
  name: string;
  options: SwitcherOption[];
}

/** The options of the switcher for a query: my rooms, rooms to join, a new room, and actions. */
export function useSwitcher(query: string): SwitcherGroup[] {
  const rooms = useRoomList();
  const place = usePlace();
  const paths = usePaths();
  const asker = useAsker();
  const openDialog = useOpenDialog();
  const call = useCall();
  const [recent] = useState(() => recentRooms(asker.personId));
  const trimmedQuery = query.trim();

  const titleOf = useRoomTitles(rooms.map(({ room }) => room));
  const found = findRooms(rooms, trimmedQuery, { currentId: place.roomId, recent, titleOf });
  const myRoomIds = new Set(rooms.map(({ roomId }) => roomId));
  const otherRooms = useJoinable(trimmedQuery).filter(({ id }) => !myRoomIds.has(id));
  const joinable = findJoinable(otherRooms, trimmedQuery);
  const mayCreate = offeredTo(asker).has("createRoom");
  const newName = mayCreate ? newRoomName(trimmedQuery, [...rooms.map(({ room }) => room), ...otherRooms]) : null;

  const groups: SwitcherGroup[] = [
    {
      name: areInexact(found) ? `Close to “${trimmedQuery}”` : "Rooms",
      options: found.map(({ item: { room, unread, unreadCapped }, found: { marks } }) => ({
        ...roomOption(room, marks),
        name: titleOf(room),
        strong: unread > 0,
        details: room.topic,
        trailing: (
          <>
            {room.archivedAt ? "Archived" : unread === 0 && room.kind === "channel" && peopleCount(room.memberCount)}
            <Badge count={unreadCapped ? 100 : unread} label="unread" />
          </>
        ),
        choose: () => openPlace(paths.room(room.id)),
      })),
    },
    {
      name: "You can join",
      options: joinable.map(({ item: room, found: { marks } }) => ({
        ...roomOption(room, marks),
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
              shortcut: "mod+enter",
              choose: () => openDialog({ kind: "create", name: newName }),
            },
          ]
        : [],
    },
  ];
  return groups.filter(({ options }) => options.length > 0);

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

function roomOption(room: Room, marks: Found["marks"]) {
  return { id: room.id, icon: <RoomIcon room={room} />, name: roomName(room), marks };
}
