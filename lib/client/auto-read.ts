/** How long messages must stay on the screen to count as read. */
const readAfterMs = 500;

/**
 * Marks the messages on the screen as read after `readAfterMs`. Call `check` when somebody may have returned to the page. After
 * the room was marked as unread, nothing is marked as read until the read position is back where it was.
 */
export function createAutoRead(options: { isLooking: () => boolean; markRead: (seq: number) => void }) {
  /** The `seq` of the last message on the screen. */
  let lastVisibleSeq = 0;
  let markedUpTo = 0;
  let readPosition = 0;
  /** The read position before the room was marked as unread. Null if the room is not marked as unread. */
  let positionBeforeUnread: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function markVisible(previousLastVisibleSeq: number): void {
    timer = null;
    if (positionBeforeUnread !== null || !options.isLooking()) return;
    // A message that has left the screen in the meantime was only scrolled past.
    const upTo = Math.min(previousLastVisibleSeq, lastVisibleSeq);
    if (upTo > markedUpTo) {
      markedUpTo = upTo;
      options.markRead(upTo);
    }
    check();
  }
  function check(): void {
    const mayMark = positionBeforeUnread === null && lastVisibleSeq > markedUpTo && options.isLooking();
    if (timer === null && mayMark) timer = setTimeout(markVisible, readAfterMs, lastVisibleSeq);
  }
  return {
    /** Call with the `seq` of the last message on the screen. */
    setLastVisible(seq: number): void {
      lastVisibleSeq = seq;
      check();
    },
    check,
    /** Call when the read position may have changed. */
    setReadPosition(seq: number): void {
      if (seq < readPosition) positionBeforeUnread ??= readPosition;
      else if (positionBeforeUnread !== null && seq >= positionBeforeUnread) positionBeforeUnread = null;
      readPosition = seq;
      check();
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
