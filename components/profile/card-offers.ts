import type { Offer } from "@/components/offers";
import type { Person } from "@/lib/contract/person";
import { type Asker, no, yes } from "@/lib/policy/decision";
import { mayStartDirect } from "@/lib/policy/direct";
import { mayAdministerPeople } from "@/lib/policy/person";

/** The viewer, and the person whose card it is. */
export interface CardSituation {
  asker: Asker;
  person: Pick<Person, "id" | "name" | "deactivatedAt">;
  /** Whether the two share a channel. */
  sharesChannel: boolean;
}

const isMe = ({ asker, person }: CardSituation) => person.id === asker.personId;

/** The offers on a person's card. */
export const cardOffers: readonly Offer<CardSituation>[] = [
  {
    key: "message",
    may: (situation) =>
      isMe(situation)
        ? yes
        : mayStartDirect(situation.asker, [
            {
              name: situation.person.name,
              isActive: situation.person.deactivatedAt === null,
              sharesChannel: situation.sharesChannel,
            },
          ]),
  },
  { key: "editProfile", may: (situation) => (isMe(situation) ? yes : no("Only they can change their profile.")) },
  { key: "manage", fits: (situation) => !isMe(situation), may: ({ asker }) => mayAdministerPeople(asker) },
];
