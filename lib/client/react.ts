import type { ReactionKind } from "@/lib/contract/reaction";
import type { Parley } from "./parley";
import type { OutboxStore } from "./stores/outbox";

/**
 * Reacts to a message, or takes the reaction back. The wish is shown at once. While a request about this message and emoji is under way,
 * only the latest wish is kept, and sent after it. Rejects with a `CallError` if a request fails; then what is stored is shown again.
 */
export async function react(
  { stores: { outbox }, call }: Pick<Parley, "stores" | "call">,
  messageId: string,
  emoji: string,
  isGiven: boolean,
): Promise<void> {
  const wish = () => outbox.getState().wishes.get(messageId)?.get(emoji);
  const isUnderWay = wish() !== undefined;
  setWish(outbox, messageId, emoji, isGiven);
  if (isUnderWay) return;
  try {
    for (let sent: boolean | undefined; sent !== wish(); ) {
      sent = wish();
      await call(sent ? "reaction.add" : "reaction.remove", { messageId, emoji });
    }
  } finally {
    setWish(outbox, messageId, emoji, undefined);
  }
}

function setWish(outbox: OutboxStore, messageId: string, emoji: string, isGiven: boolean | undefined): void {
  const wishes = new Map(outbox.getState().wishes);
  const ofMessage = new Map(wishes.get(messageId));
  if (isGiven === undefined) ofMessage.delete(emoji);
  else ofMessage.set(emoji, isGiven);
  if (ofMessage.size > 0) wishes.set(messageId, ofMessage);
  else wishes.delete(messageId);
  outbox.setState({ wishes });
}

/** An emoji under a message, as it is shown. */
export type ShownKind = Pick<ReactionKind, "emoji" | "count" | "isMine" | "personIds">;

/** The reactions to show: those that are stored, as they will be once my wishes are. */
export function shownKinds(
  kinds: readonly ReactionKind[] = [],
  wishes: ReadonlyMap<string, boolean> = new Map(),
): ShownKind[] {
  const stored = kinds.map((kind) => {
    const isMine = wishes.get(kind.emoji) ?? kind.isMine;
    return { ...kind, isMine, count: kind.count + Number(isMine) - Number(kind.isMine) };
  });
  const known = new Set(kinds.map(({ emoji }) => emoji));
  const added = [...wishes].flatMap(([emoji, isMine]) =>
    isMine && !known.has(emoji) ? [{ emoji, count: 1, isMine, personIds: [] }] : [],
  );
  return [...stored, ...added].filter(({ count }) => count > 0);
}
