import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import type { Row, Truth } from "./truth";

/** A difference between what a tab shows and the stored state. */
export interface Difference {
  invariant: "I3" | "I7" | "I10" | "I12";
  sentence: string;
}

const comparedOfRows = [
  "id",
  "seq",
  "changedSeq",
  "body",
  "replyToId",
  "pinnedById",
  "threadId",
  "alsoInRoom",
] as const;

/** The first message that a tab shows in another way than the log has it; null if there is none. */
export function firstDifference(shown: readonly Pick<Row, (typeof comparedOfRows)[number]>[], wanted: Row[]) {
  for (let at = 0; at < Math.max(shown.length, wanted.length); at++) {
    const [a, b] = [shown[at], wanted[at]];
    if (comparedOfRows.every((key) => a?.[key] === b?.[key])) continue;
    return `shows ${describe(a)} where the log has ${describe(b)}`;
  }
  return null;
}

const describe = (row?: { seq: number; changedSeq: number; body: string }) =>
  row ? `"${row.body}" (${row.seq}, changed at ${row.changedSeq})` : "nothing";

/** The first message whose reactions a tab shows in another way than they are stored; null if there is none. */
export function reactionDifference(messages: readonly Message[], truth: Truth, viewerId: string): string | null {
  for (const message of messages) {
    const [shown, stored] = [reactionsOf(message), storedReactions(truth, message.id, viewerId)];
    if (shown !== stored) return `shows the reactions "${shown}" instead of "${stored}" to ${message.seq}`;
  }
  return null;
}

type Kind = { emoji: string; count: number; isMine: boolean; personIds: readonly string[] };

const inWords = (kinds: readonly Kind[]): string =>
  kinds
    .map(({ emoji, count, isMine, personIds }) => `${emoji} ${count}${isMine ? " mine" : ""} ${personIds.join(",")}`)
    .toSorted()
    .join("; ");

const reactionsOf = ({ reactions = [] }: Message): string => inWords(reactions.filter(({ count }) => count > 0));

function storedReactions({ reactions }: Truth, messageId: string, viewerId: string): string {
  const all = reactions.get(messageId) ?? [];
  const kinds = [...new Set(all.map(({ emoji }) => emoji))].map((emoji): Kind => {
    const ids = all.filter((each) => each.emoji === emoji).map(({ personId }) => personId);
    return {
      emoji,
      count: ids.length,
      isMine: ids.includes(viewerId),
      personIds: ids.slice(0, limits.reactionPeople),
    };
  });
  return inWords(kinds);
}
