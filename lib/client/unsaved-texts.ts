/** How long after the last key a text is saved, and how often while somebody types. */
const saveAfterMs = 2_000;
const saveEveryMs = 10_000;
/** If another tab has not saved its text this long after its last key, this tab saves it. */
const takeOverAfterMs = 15_000;

/** The composers whose text was written in this tab and is not saved, and when each is saved. */
export function createUnsavedTexts(save: (place: string) => void, takeOver: (place: string) => void) {
  const watched = new Map<string, ReturnType<typeof setTimeout>>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Since when a text is not saved, by `performance.now()`. */
  const since = new Map<string, number>();
  let isRunning = false;

  function saveLater(place: string, ms: number): void {
    clearTimeout(timers.get(place));
    if (isRunning)
      timers.set(
        place,
        setTimeout(() => save(place), ms),
      );
  }
  return {
    start: () => void (isRunning = true),
    stop(): void {
      isRunning = false;
      for (const timer of [...timers.values(), ...watched.values()]) clearTimeout(timer);
    },
    has: (place: string) => since.has(place),
    ids: () => [...since.keys()],
    /** Call at each key. */
    add(place: string): void {
      const began = since.get(place) ?? performance.now();
      since.set(place, began);
      saveLater(place, Math.min(saveAfterMs, Math.max(0, began + saveEveryMs - performance.now())));
    },
    remove(place: string): void {
      clearTimeout(timers.get(place));
      since.delete(place);
    },
    saveLater,
    /** Call when another tab of this browser has written a text. */
    watch(place: string): void {
      clearTimeout(watched.get(place));
      if (isRunning)
        watched.set(
          place,
          setTimeout(() => takeOver(place), takeOverAfterMs),
        );
    },
  };
}
