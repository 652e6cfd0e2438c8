import type { Membership, RoomEntry } from "@/lib/contract/room";
import { allMessages } from "./ranges";
import { isOfOtherLists, type RoomState } from "./room-state";
import { mergeRows } from "./rows";
import { addCounted, applyToUnread, mergeUnread, removeRead, type Unread, unreadFromEntry } from "./unread";

// What an entry, which can be newer or older than the state, says about the unread messages.

/** Whether a membership has an earlier read position than the state: I marked the room as unread. */
export const movesReadBack = ({ lastReadSeq }: Membership, { membership }: RoomState): boolean =>
  lastReadSeq < membership.lastReadSeq;

/**
 * Whether an entry lists all messages that are unread: it was read with the blocked people and the groups of the state, and
 * `membership`, which may be newer than the entry's, does not go further back.
 */
const listsAll = (entry: RoomEntry, state: RoomState, { lastReadSeq }: Membership): boolean =>
  !isOfOtherLists(entry, state) && entry.membership.lastReadSeq <= lastReadSeq;

/** Whether an entry corrects unread messages that may be wrong. */
export const corrects = (entry: RoomEntry, state: RoomState, membership: Membership): boolean =>
  state.staleUpTo !== null && entry.clock >= state.staleUpTo && listsAll(entry, state, membership);

/** `staleUpTo` after an entry. */
export function staleAfter(entry: RoomEntry, state: RoomState, membership: Membership): number | null {
  if (entry.clock > state.unreadClock) return listsAll(entry, state, membership) ? null : entry.clock;
  return corrects(entry, state, membership) ? null : state.staleUpTo;
}

/**
 * The unread messages after an entry. If the entry is newer, they are the entry's, otherwise the state's. If the entry corrects the
 * state, they are the entry's and those that were sent after it. If I marked the room as unread, messages of an older entry are
 * added to the state's. `membership` may be newer than both.
 */
export function unreadWith(entry: RoomEntry, state: RoomState, membership: Membership): Unread {
  const { unread, unreadClock } = state;
  const { lastReadSeq } = membership;
  // What changed after the entry was read, such as deletions. Of a message that is in both lists, only the newer state counts: the
  // older one could make a deleted message unread again.
  const newer = mergeRows(allMessages(state.ranges), state.changes).filter((row) => row.changedSeq > entry.clock);
  const withNewer = (counted: Unread) => applyToUnread(counted, newer, state, lastReadSeq);
  const listed = removeRead(unreadFromEntry(entry), lastReadSeq);
  if (entry.clock > unreadClock) return withNewer(listed);
  const ours = removeRead(unread, lastReadSeq);
  if (corrects(entry, state, membership)) {
    return withNewer(
      mergeUnread(ours, listed, (a, b) =>
        addCounted(
          b,
          [...a.seqs].filter((seq) => seq > entry.clock),
          b.floor,
        ),
      ),
    );
  }
  if (!movesReadBack(membership, state)) return ours;
  // The room was marked as unread. Ours are complete only from `oursFrom` upwards. The entry's are complete from the lowest `seq`
  // that it lists up to its clock. If its clock reaches `oursFrom`, add the entry's messages below `oursFrom`. If there is a gap
  // between the two, keep only ours.
  return withNewer(
    mergeUnread(ours, listed, (a, b) => {
      const oursFrom = Math.max(a.floor, state.membership.lastReadSeq + 1);
      const floor = oursFrom > entry.clock + 1 ? oursFrom : Math.min(b.floor, oursFrom);
      return addCounted(
        a,
        [...b.seqs].filter((seq) => seq >= floor && seq < oursFrom),
        floor,
      );
    }),
  );
}
