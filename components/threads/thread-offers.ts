import type { Offer } from "@/components/offers";
import { mayFollowThread } from "@/lib/policy/message";
import type { MembershipSubject } from "@/lib/policy/room";

export interface ThreadSituation {
  membership: MembershipSubject | null;
  isFollowed: boolean;
}

/** What can be done with a thread. */
export const threadOffers = [
  { key: "follow", fits: ({ isFollowed }) => !isFollowed, may: ({ membership }) => mayFollowThread(membership) },
  { key: "unfollow", fits: ({ isFollowed }) => isFollowed, may: ({ membership }) => mayFollowThread(membership) },
] as const satisfies readonly Offer<ThreadSituation>[];
