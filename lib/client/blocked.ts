import type { Blocks } from "@/lib/contract/block";
import type { Room, RoomEntry } from "@/lib/contract/room";

/** The people whom I block. Immutable: each change of the list is another object. */
export interface Blocked {
  ids: ReadonlySet<string>;
  /** My clock at the list's last change. */
  tick: number;
}

export const nobodyBlocked: Blocked = { ids: new Set(), tick: 0 };

/** A home of the previous version has no `blocks`. */
export const toBlocked = (blocks: Blocks | undefined): Blocked =>
  blocks ? { ids: new Set(blocks.people.map(({ personId }) => personId)), tick: blocks.tick } : nobodyBlocked;

export const isBlocked = ({ ids }: Blocked, authorId: string | null): boolean => authorId !== null && ids.has(authorId);

/** A room's last message, unless I block its author. */
export const unlessBlocked = <T extends { authorId: string | null }>(blocked: Blocked, message: T | null): T | null =>
  message && !isBlocked(blocked, message.authorId) ? message : null;

/**
 * Whether an entry was read with another list of blocked people. One of the previous version does not say: asking again might get
 * another one that does not.
 */
export const hasOtherBlocks = ({ blocksTick }: Partial<Pick<RoomEntry, "blocksTick">>, { tick }: Blocked): boolean =>
  blocksTick !== undefined && blocksTick !== tick;

/** Whether this is a direct room in which I block everybody else. Such rooms are not in my lists. */
export function isWithBlockedOnly({ kind, directIds }: Room, meId: string, { ids }: Blocked): boolean {
  const others = kind === "direct" ? directIds.filter((id) => id !== meId) : [];
  return others.length > 0 && others.every((id) => ids.has(id));
}
