import type { Offer } from "@/components/offers";
import type { Asker } from "@/lib/policy/decision";
import { mayChangeThread, mayFollowThread } from "@/lib/policy/message";
import type { MembershipSubject, RoomSubject } from "@/lib/policy/room";

export interface ThreadSituation {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
  isFollowed: boolean;
  isMuted: boolean;
  /** The author of the first message. Undefined if the viewer can't see that message, or if there are no replies. */
  authorId: string | null | undefined;
  isResolved: boolean;
}

const mayChange = ({ asker, room, membership, authorId = null }: ThreadSituation) =>
  mayChangeThread(asker, room, membership, { authorId });
const isThere = ({ authorId }: ThreadSituation) => authorId !== undefined;

/** What can be done with a thread. */
export const threadOffers = [
  {
    key: "follow",
    label: "Follow thread",
    fits: ({ isFollowed }) => !isFollowed,
    may: ({ membership }) => mayFollowThread(membership),
  },
  {
    key: "unfollow",
    label: "Stop following",
    fits: ({ isFollowed }) => isFollowed,
    may: ({ membership }) => mayFollowThread(membership),
  },
  {
    key: "mute",
    label: "Mute thread",
    fits: ({ isFollowed, isMuted }) => isFollowed && !isMuted,
    may: ({ membership }) => mayFollowThread(membership),
  },
  {
    key: "unmute",
    label: "Unmute thread",
    fits: ({ isFollowed, isMuted }) => isFollowed && isMuted,
    may: ({ membership }) => mayFollowThread(membership),
  },
  { key: "title", label: "Edit title", fits: isThere, may: mayChange },
  { key: "resolve", label: "Resolve", fits: (thread) => isThere(thread) && !thread.isResolved, may: mayChange },
  { key: "reopen", label: "Reopen", fits: (thread) => isThere(thread) && thread.isResolved, may: mayChange },
] as const satisfies readonly (Offer<ThreadSituation> & { label: string })[];
