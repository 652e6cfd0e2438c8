/** How long messages must stay on the screen to count as read. */
const readAfterMs = 500;

/** The messages on the screen. */
export interface Visible {
  /** The `seq` of the first and of the last one. */
  first: number;
  last: number;
  /** Whether the last one is the newest of the room. */
  isAtEnd: boolean;
}

interface AutoReadOptions {
  isLooking: () => boolean;
  markRead: (seq: number) => void;
  /** The `seq` of the first unread message, or a smaller one if it is not known. */
  firstUnread: () => number;
}

/**
 * Marks the messages on the screen as read after `readAfterMs`. Call `check` when somebody may have returned to the page. After
 * the room was marked as unread, nothing is marked as read until the read position is back where it was. After a jump to another
 * message, nothing is marked as read while there are unread messages before it, until the log is at its end.
 */
export function createAutoRead(options: AutoReadOptions) {
  /** The `seq` of the last message on the screen. */
  let lastVisibleSeq = 0;
  let isAtEnd = false;
  /** What was on the screen since the last jump, without a gap. */
  let seen = { from: 0, to: 0 };
  let markedUpTo = 0;
  let readPosition = 0;
  /** The read position before the room was marked as unread. Null if the room is not marked as unread. */
  let positionBeforeUnread: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const mayMark = () =>
    positionBeforeUnread === null && options.isLooking() && (isAtEnd || seen.from <= options.firstUnread());
  function markVisible(previousLastVisibleSeq: number): void {
    timer = null;
    if (!mayMark()) return;
    // A message that has left the screen in the meantime was only scrolled past.
    const upTo = Math.min(previousLastVisibleSeq, lastVisibleSeq);
    if (upTo > markedUpTo) {
      markedUpTo = upTo;
      options.markRead(upTo);
    }
    check();
  }
  function check(): void {
    if (timer === null && lastVisibleSeq > markedUpTo && mayMark())
      timer = setTimeout(markVisible, readAfterMs, lastVisibleSeq);
  }
  return {
    /** Null: nothing of the log is on the screen, because something covers it. */
    setVisible(visible: Visible | null): void {
      if (!visible) {
        lastVisibleSeq = 0;
        return;
      }
      const { first, last } = visible;
      const continues = first <= seen.to && last >= seen.from;
      seen = continues ? { from: Math.min(first, seen.from), to: Math.max(last, seen.to) } : { from: first, to: last };
      lastVisibleSeq = last;
      isAtEnd = visible.isAtEnd;
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
