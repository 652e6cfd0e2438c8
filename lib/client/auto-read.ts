/** How long messages must stay on the screen to count as read. */
const readAfterMs = 500;

/** Marks the messages on the screen as read after a moment. Call `check` when the person may have returned to the page. */
export function createAutoRead(options: { isLooking: () => boolean; read: (seq: number) => void }) {
  /** The `seq` of the last message on the screen. */
  let onScreen = 0;
  let readUpTo = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function markRead(onScreenBefore: number): void {
    timer = null;
    if (!options.isLooking()) return;
    // A message that has left the screen in the meantime was only scrolled past.
    const upTo = Math.min(onScreenBefore, onScreen);
    if (upTo > readUpTo) {
      readUpTo = upTo;
      options.read(upTo);
    }
    check();
  }
  function check(): void {
    if (timer !== null || onScreen <= readUpTo || !options.isLooking()) return;
    timer = setTimeout(markRead, readAfterMs, onScreen);
  }
  return {
    seen(seq: number): void {
      onScreen = seq;
      check();
    },
    check,
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
