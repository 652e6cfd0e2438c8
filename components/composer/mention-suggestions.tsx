"use client";
import { Bell, Radio, Shapes, UsersRound } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { PersonAvatar } from "@/components/people/person-avatar";
import { PresenceWords } from "@/components/people/presence-words";
import { useAsker } from "@/components/people/use-asker";
import { peopleCount, roomLabel } from "@/components/rooms/room-name";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useQuery } from "@/lib/client/hooks/use-query";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import { findMentions, type FoundMention, mentionCandidates, type RoomWord, type Section } from "./found-mentions";
import { offersEveryone } from "./mention-offers";
import { recentAuthors } from "./recent-authors";
import { type SignProps, type Suggestion, SuggestionList } from "./suggestion-list";
import { membersOf, useNames } from "./use-names";

const roomWords: readonly RoomWord[] = ["room", "here"];
const noWords: readonly RoomWord[] = [];

/** The people and groups that an @ offers, and everyone in the room to who may mention them. */
export function MentionSuggestions({ word, roomId, ...list }: SignProps) {
  const { stores, loadMissingPeople } = useParley();
  const item = useRoom(roomId ?? "");
  const room = item?.room ?? null;
  const asker = useAsker();
  const names = useNames(room, `@${word.from}`);
  const loaded = useStore(stores.people, ({ people }) => people);
  const [recentIds] = useState(() => recentAuthors(stores.rooms.getState().rooms.get(roomId ?? "")));
  const { people, groups, rooms, isComplete } = names;
  // Until everybody is known, the server finds the others. What it answers becomes known.
  useQuery(
    isComplete || word.query === "" ? null : { query: word.query, limit: 10 },
    (call, input) => call("person.list", input),
    { afterTyping: true },
  );

  const offersAll = item !== null && offersEveryone({ asker, room: item.room, membership: item.membership });
  const memberIds = useMemo(() => membersOf({ rooms }, room), [rooms, room]);
  const isBare = word.query === "";
  const candidates = useMemo(() => {
    // What is known first is selected, and everyone must not be mentioned by accident.
    const words = offersAll && memberIds && people.size > 0 ? roomWords : noWords;
    // Until it is known who is here, an @ alone offers only who wrote here last: the others would come in no order.
    const isOrdered = memberIds !== null || room === null || !isBare;
    const offered = isOrdered ? people.values() : recentIds.flatMap((id) => people.get(id) ?? []);
    const known = { people: offered, groups: isOrdered ? groups : [], words };
    return mentionCandidates({ ...known, memberIds, recentIds, myId: asker.personId });
  }, [people, groups, offersAll, memberIds, room, isBare, recentIds, asker.personId]);
  const found = useMemo(() => findMentions(word.query, candidates), [word.query, candidates]);

  const shownIds = found.flatMap(({ item: { kind, id } }) => (kind === "person" ? [id] : [])).join(" ");
  useEffect(() => {
    // For their pictures and presence.
    if (shownIds) loadMissingPeople(shownIds.split(" "));
  }, [loadMissingPeople, shownIds]);

  return (
    <SuggestionList
      {...list}
      word={word}
      label="People and groups"
      suggestions={found.map((each) => toSuggestion(each, room, memberIds !== null, loaded))}
      hint={
        <>
          <Bell className="size-3" /> notifies
        </>
      }
    />
  );
}

function toSuggestion(
  { item, section, marks }: FoundMention,
  room: Room | null,
  areMembersKnown: boolean,
  loaded: ReadonlyMap<string, Person>,
): Suggestion {
  const common = {
    id: `${item.kind}-${item.id}`,
    section: headingOf(section, room, areMembersKnown),
    marks,
    insert: `@${item.handle} `,
  };
  if (item.kind === "person") {
    const { id, name, handle } = item.person;
    const person = loaded.get(id) ?? { id, name, picture: null };
    const lastSeenAt = "lastSeenAt" in person ? person.lastSeenAt : null;
    return {
      ...common,
      icon: <PersonAvatar person={person} size={24} />,
      name,
      details: `@${handle}`,
      trailing: <PresenceWords person={{ id, lastSeenAt }} />,
    };
  }
  if (item.kind === "group") {
    const { name, handle, memberCount } = item.group;
    return {
      ...common,
      icon: <Shapes aria-hidden className="size-4 text-ink-soft" />,
      name,
      details: `@${handle}`,
      trailing: peopleCount(memberCount),
    };
  }
  // Other words find them, too, but are not what is inserted.
  if (item.id === "here") {
    const icon = <Radio aria-hidden className="size-4 text-ink-soft" />;
    return { ...common, icon, name: "@here", marks: [], details: "who's active" };
  }
  return {
    ...common,
    icon: <UsersRound aria-hidden className="size-4 text-ink-soft" />,
    name: "@room",
    marks: [],
    details: "everyone here",
    trailing: room && peopleCount(room.memberCount),
  };
}

function headingOf(section: Section, room: Room | null, areMembersKnown: boolean): string {
  if (section === "groups") return "Groups";
  if (!room || !areMembersKnown) return "People";
  const isDirect = room.kind === "direct";
  if (section === "here") return isDirect ? "In this conversation" : "In this room";
  return isDirect ? "Not in this conversation" : `Not in ${roomLabel(room)}`;
}
