/** How long messages must stay on the screen to count as read. */
const lookedAtMs = 500;

/** Marks the messages on the screen as read after a moment. Call `look` when the person may have returned to the page. */
export function createAutoRead(options: { isLooking: () => boolean; read: (seq: number) => void }) {
  /** The `seq` of the last message on the screen. */
  let onScreen = 0;
  let readUpTo = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function settle(seenThen: number): void {
    timer = null;
    if (!options.isLooking()) return;
    // A message that has left the screen in the meantime was only scrolled past.
    const upTo = Math.min(seenThen, onScreen);
    if (upTo > readUpTo) {
      readUpTo = upTo;
      options.read(upTo);
    }
    look();
  }
  function look(): void {
    if (timer !== null || onScreen <= readUpTo || !options.isLooking()) return;
    timer = setTimeout(settle, lookedAtMs, onScreen);
  }
  return {
    seen(seq: number): void {
      onScreen = seq;
      look();
    },
    look,
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
