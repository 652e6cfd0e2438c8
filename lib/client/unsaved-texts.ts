/** How long after the last key a text is saved, and how often while somebody types. */
const saveAfterMs = 2_000;
const saveEveryMs = 10_000;
/** If another tab has not saved its text this long after its last key, this tab saves it. */
const takeOverAfterMs = 15_000;

/** The rooms whose text was written in this tab and is not saved, and when each is saved. */
export function createUnsavedTexts(save: (roomId: string) => void, takeOver: (roomId: string) => void) {
  const watched = new Map<string, ReturnType<typeof setTimeout>>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Since when a room's text is not saved, by `performance.now()`. */
  const since = new Map<string, number>();
  let isRunning = false;

  function saveLater(roomId: string, ms: number): void {
    clearTimeout(timers.get(roomId));
    if (isRunning)
      timers.set(
        roomId,
        setTimeout(() => save(roomId), ms),
      );
  }
  return {
    start: () => void (isRunning = true),
    stop(): void {
      isRunning = false;
      for (const timer of [...timers.values(), ...watched.values()]) clearTimeout(timer);
    },
    has: (roomId: string) => since.has(roomId),
    ids: () => [...since.keys()],
    /** Call at each key. */
    add(roomId: string): void {
      const began = since.get(roomId) ?? performance.now();
      since.set(roomId, began);
      saveLater(roomId, Math.min(saveAfterMs, Math.max(0, began + saveEveryMs - performance.now())));
    },
    remove(roomId: string): void {
      clearTimeout(timers.get(roomId));
      since.delete(roomId);
    },
    saveLater,
    /** Call when another tab of this browser has written a text. */
    watch(roomId: string): void {
      clearTimeout(watched.get(roomId));
      if (isRunning)
        watched.set(
          roomId,
          setTimeout(() => takeOver(roomId), takeOverAfterMs),
        );
    },
  };
}
