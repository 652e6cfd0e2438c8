import type { MessageLayout } from "@/lib/contract/preferences";
import type { Room } from "@/lib/contract/room";

/** The style of message bubbles. "named" shows the authors' names, for rooms with several other people. */
export type Bubbles = "plain" | "named";

/** How the messages of a room are shown to someone who prefers `layout`: as bubbles of a style, or as rows (null). */
export function bubblesOf(layout: MessageLayout, room: Pick<Room, "kind" | "directIds">): Bubbles | null {
  const isDirect = room.kind === "direct";
  const people = room.directIds.length;
  // Notes to self are rows, because they have only one side.
  const isBubbles = layout === "byKind" ? isDirect && people > 1 : layout === "bubbles";
  if (!isBubbles) return null;
  return isDirect && people <= 2 ? "plain" : "named";
}
