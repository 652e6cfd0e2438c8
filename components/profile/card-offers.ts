import type { Offer } from "@/components/offers";
import type { Person } from "@/lib/contract/person";
import { mayBlock } from "@/lib/policy/block";
import { type Asker, no, yes } from "@/lib/policy/decision";
import { mayStartDirect } from "@/lib/policy/direct";
import { mayAdministerPeople, mayReleaseHandle } from "@/lib/policy/person";
import { mayPost, type MembershipSubject, type RoomSubject } from "@/lib/policy/room";

/** The viewer, and the person whose card it is. */
export interface CardSituation {
  asker: Asker;
  person: Pick<Person, "id" | "name" | "role" | "deactivatedAt">;
  /** Whether the two share a channel. */
  sharesChannel: boolean;
  /** Whether the viewer blocks the person. */
  isBlocked: boolean;
  /** The room on the screen, if the viewer is in it. */
  here?: { room: RoomSubject; membership: MembershipSubject } | null;
}

const isMe = ({ asker, person }: CardSituation) => person.id === asker.personId;

/** The offers on a person's card and in their profile. */
export const cardOffers: readonly Offer<CardSituation>[] = [
  {
    key: "message",
    fits: ({ isBlocked }) => !isBlocked,
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
  {
    key: "mention",
    fits: (situation) => !isMe(situation) && !situation.isBlocked && situation.person.deactivatedAt === null,
    may: ({ asker, here }) => (here ? mayPost(asker, here.room, here.membership) : no("Open a room first.")),
  },
  { key: "editProfile", may: (situation) => (isMe(situation) ? yes : no("Only they can change their profile.")) },
  { key: "block", fits: ({ isBlocked }) => !isBlocked, may: ({ asker, person }) => mayBlock(asker, person) },
  { key: "unblock", fits: ({ isBlocked }) => isBlocked, may: () => yes },
  { key: "manage", fits: (situation) => !isMe(situation), may: ({ asker }) => mayAdministerPeople(asker) },
  { key: "releaseHandle", may: ({ asker, person }) => mayReleaseHandle(asker, person) },
];
