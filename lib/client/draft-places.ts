// Where the texts of composers, and what belongs to them, are kept (`texts.ts`). A room and a thread have one composer each.

interface ComposerOf {
  roomId: string;
  /** The first message of the thread. A server of the previous version sends none. */
  threadId?: string | null | undefined;
}

/** The place of a composer. */
export const placeOf = ({ roomId, threadId }: ComposerOf): string => (threadId ? `${roomId}/${threadId}` : roomId);
/** The room and the thread of a composer's place, as operations take them. */
export function partsOf(place: string): { roomId: string; threadId?: string } {
  const [roomId = "", threadId] = place.split("/");
  return { roomId, ...(threadId && { threadId }) };
}
export const isComposer = (place: string): boolean => /^[\da-f-]{36}(\/[\da-f-]{36})?$/.test(place);
/** What is known about a composer's text. */
export const copyPlace = (place: string): string => `draft.${place}`;
/** Other versions of a draft. */
export const othersPlace = (place: string): string => `others.${place}`;
