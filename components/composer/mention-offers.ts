import { type Offer, offered } from "@/components/offers";
import type { Asker } from "@/lib/policy/decision";
import { type MentionRoom, mayMentionEveryone } from "@/lib/policy/mention";
import type { MembershipSubject } from "@/lib/policy/room";

export interface MentionSituation {
  asker: Asker;
  room: MentionRoom;
  membership: MembershipSubject | null;
}

/** What an @ offers besides people and groups. */
export const mentionOffers = [
  {
    key: "everyone",
    // In a direct message, everybody is told anyway.
    fits: ({ room }) => room.kind === "channel",
    may: ({ asker, room, membership }) => mayMentionEveryone(asker, room, membership),
  },
] satisfies readonly Offer<MentionSituation>[];

export const offersEveryone = (situation: MentionSituation): boolean =>
  offered<MentionSituation, (typeof mentionOffers)[number]>(mentionOffers, situation).length > 0;
