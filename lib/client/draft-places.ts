// Where the texts of composers, and what belongs to them, are kept (`texts.ts`).

/** Whether it is the place of a room's composer. */
export const isRoomId = (place: string): boolean => /^[\da-f-]{36}$/.test(place);
/** What is known about a room's text. */
export const copyPlace = (roomId: string): string => `draft.${roomId}`;
/** Other versions of a room's draft. */
export const othersPlace = (roomId: string): string => `others.${roomId}`;
