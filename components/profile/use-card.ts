"use client";
import { usePlace } from "@/components/shell/place";
import { usePresence } from "@/lib/client/hooks/use-presence";
import { useQuery } from "@/lib/client/hooks/use-query";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { Person } from "@/lib/contract/person";
import { useCardOffers } from "./use-card-offers";

/** What a person's card says and offers. `item` is the room on the screen, if the viewer is in it. */
export function useCard(person: Person) {
  const item = useRoom(usePlace().roomId ?? "");
  // When they go offline, the time at which they were last seen is new.
  const version = usePresence(person.id) === "offline" ? 1 : 0;
  const { data: facts } = useQuery({ personId: person.id }, (load, input) => load("person.show", input), { version });
  const sharesChannel = (facts?.roomCount ?? 0) > 0;
  return { facts, item, ...useCardOffers(person, { sharesChannel, here: item }) };
}
