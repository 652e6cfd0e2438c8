const lookedAtMs = 500;

/** Decides when what is on the screen has been read. `look` is called when looking may have begun again. */
export function createAutoRead(options: { isLooking: () => boolean; read: (seq: number) => void }) {
  /** The last place on the screen now. */
  let onScreen = 0;
  let done = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function settle(seenThen: number): void {
    timer = null;
    if (!options.isLooking()) return;
    // Scrolled past in the meantime, or drawn for a moment on the way to another place: not looked at.
    const upTo = Math.min(seenThen, onScreen);
    if (upTo > done) {
      done = upTo;
      options.read(upTo);
    }
    look();
  }
  function look(): void {
    if (timer !== null || onScreen <= done || !options.isLooking()) return;
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
