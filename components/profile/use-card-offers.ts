"use client";
import { offered } from "@/components/offers";
import { useAsker } from "@/components/people/use-asker";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import type { Person } from "@/lib/contract/person";
import { cardOffers, type CardSituation } from "./card-offers";

/** What the viewer is offered on a person's card and in their profile, by key. */
export type CardOffers = ReadonlySet<string>;

type Given = Pick<CardSituation, "sharesChannel" | "here">;

/** What the viewer can do on a person's card, and who the person is to them. */
export function useCardOffers(person: Person, given: Given): { offers: CardOffers; isMe: boolean; isBlocked: boolean } {
  const asker = useAsker();
  const isBlocked = useBlocked().ids.has(person.id);
  const offers = new Set(offered(cardOffers, { asker, person, isBlocked, ...given }).map(({ key }) => key));
  return { offers, isMe: person.id === asker.personId, isBlocked };
}
