/** How long messages must stay on the screen to count as read. */
const readAfterMs = 500;

/**
 * Marks the messages on the screen as read after a moment. Call `check` when the person may have returned to the page. After the
 * person has marked the room as unread, nothing is marked as read until they have read as far as before.
 */
export function createAutoRead(options: { isLooking: () => boolean; read: (seq: number) => void }) {
  /** The `seq` of the last message on the screen. */
  let onScreen = 0;
  let readUpTo = 0;
  /** The read position, and where it was before the room was marked as unread; null if it was not. */
  let position = 0;
  let markedAt: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function markRead(onScreenBefore: number): void {
    timer = null;
    if (markedAt !== null || !options.isLooking()) return;
    // A message that has left the screen in the meantime was only scrolled past.
    const upTo = Math.min(onScreenBefore, onScreen);
    if (upTo > readUpTo) {
      readUpTo = upTo;
      options.read(upTo);
    }
    check();
  }
  function check(): void {
    if (timer !== null || markedAt !== null || onScreen <= readUpTo || !options.isLooking()) return;
    timer = setTimeout(markRead, readAfterMs, onScreen);
  }
  return {
    seen(seq: number): void {
      onScreen = seq;
      check();
    },
    check,
    /** Call when the read position may have changed. */
    positionIs(seq: number): void {
      if (seq < position) markedAt ??= position;
      else if (markedAt !== null && seq >= markedAt) markedAt = null;
      position = seq;
      check();
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
