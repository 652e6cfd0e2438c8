"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import { offered } from "@/components/offers";
import { useAsker } from "@/components/people/use-asker";
import { cardOffers } from "@/components/profile/card-offers";
import { nameAndHandle } from "@/lib/client/found-before";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useMe } from "@/lib/client/hooks/use-me";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Person } from "@/lib/contract/person";
import { notesToSelf, onlyOtherIn } from "./room-name";

/** How many of the people who are loaded are searched at once. The server finds the others. */
const maxKnown = 300;
const messageOffer = cardOffers.filter(({ key }) => key === "message");
const noPeople: readonly Person[] = [];

/**
 * The people among whom the switcher searches: those who are loaded, and those whom the server finds. It leaves out people with whom
 * I have a conversation of two, because that is found as a room. I stand for my notes to self.
 */
export function useSwitcherPeople(query: string, rooms: readonly RoomListItem[]) {
  const { me } = useMe();
  const asker = useAsker();
  const blocked = useBlocked();
  const known = useStore(useParley().stores.people, ({ people }) => people);
  const { data, isStale, error } = useQuery(
    query ? { query, for: "direct" as const, limit: 10 } : null,
    async (call, input) => (await call("person.list", input)).people,
    { afterTyping: true },
  );
  const found = data ?? noPeople;
  const people = useMemo(() => {
    const talkedTo = new Set(
      rooms.flatMap(({ room: { directIds } }) =>
        directIds.length === 1 ? me.id : (onlyOtherIn({ directIds }, me.id) ?? []),
      ),
    );
    // Which people share a room with a guest is not known here.
    const canMessage = (person: Person) =>
      offered(messageOffer, { asker, person, sharesChannel: false, isBlocked: false }).length > 0;
    const loaded = [...known.values()].slice(0, maxKnown).filter(canMessage);
    const all = new Map([me, ...loaded, ...found].map((person) => [person.id, person]));
    return [...all.values()].filter(({ id }) => !talkedTo.has(id) && !blocked.ids.has(id));
  }, [me, asker, blocked, known, found, rooms]);
  return {
    people,
    /** The texts by which a person is found. */
    textsOf: (person: Person) => (person.id === me.id ? [notesToSelf] : nameAndHandle(person)),
    isSearching: query !== "" && isStale && !error,
  };
}
