import type { Message } from "@/lib/contract/message";
import type { OwnReaction, ReactionChange, ReactionKind } from "@/lib/contract/reaction";
import type { RoomState, ThreadState } from "./room-state";
import { indexOfSeq, type KeptMessage, mergeKinds } from "./rows";

type Log = Pick<RoomState, "ranges" | "pendingPages">;

/**
 * Applies changed reactions, from a frame, a `sync` or an answer, in the room and its thread on the screen. A message that is not loaded
 * gets them with its page. A page that is on its way may be older than they are, so they are kept for it.
 */
export function applyReactions(state: RoomState, changes: readonly ReactionChange[] = []): RoomState {
  // What is not newer than the clock is known. An emoji that was taken back since must not come back by an answer that arrives late.
  const newer = changes.filter(({ changedSeq }) => changedSeq > state.clock);
  if (newer.length === 0) return state;
  const { meId } = state;
  const threads = [...state.threads].map(([id, thread]): [string, ThreadState] => {
    return [id, thread.log ? { ...thread, log: reactInLog(thread.log, newer, meId) } : thread];
  });
  return { ...reactInLog(state, newer, meId), threads: new Map(threads) };
}

function reactInLog<L extends Log>(log: L, changes: readonly ReactionChange[], meId: string): L {
  return {
    ...log,
    ranges: log.ranges.map((range) => {
      const messages = reactIn(range.messages, changes, meId);
      return messages === range.messages ? range : { ...range, messages };
    }),
    pendingPages: log.pendingPages.map((page) => ({ ...page, reactions: [...page.reactions, ...changes] })),
  };
}

/** The answer to a reaction of mine, as a change. */
export const ownChange = ({ messageId, messageSeq, kind }: OwnReaction, meId: string): ReactionChange => {
  const { isMine, ...counted } = kind;
  return { messageId, messageSeq, ...counted, changed: { [meId]: isMine } };
};

/** Applies changes to the messages that they are about. Returns `messages` itself if nothing is newer. */
export function reactIn(
  messages: readonly Message[],
  changes: readonly ReactionChange[],
  meId: string,
): readonly Message[] {
  let current = messages;
  for (const { messageId: _, messageSeq, changed, ...counted } of changes) {
    const index = indexOfSeq(current, messageSeq);
    const message: KeptMessage | undefined = current[index];
    if (message?.seq !== messageSeq || message.deletedAt) continue;
    if (counted.changedSeq <= (message.reactionsClock ?? 0)) continue;
    const known = message.reactions?.find(({ emoji }) => emoji === counted.emoji);
    const kind: ReactionKind = { ...counted, isMine: changed[meId] ?? known?.isMine ?? false };
    const reactions = mergeKinds(message.reactions, [kind]);
    if (reactions !== message.reactions) current = current.with(index, { ...message, reactions });
  }
  return current;
}
