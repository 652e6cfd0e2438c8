import type { Parley } from "./parley";

/** The page, as far as loading it anew by itself is concerned. */
export interface ReloadablePage {
  /** Since when nobody looks at it or touches it, in milliseconds of the clock; null while somebody does. */
  unattendedSince(): number | null;
  /** Something is begun in it that a reload would lose: a dialog is open, or a field holds a text that is not kept. */
  isInUse(): boolean;
  /** When this tab last loaded itself anew; 0 is never. Outlives the reload. */
  lastReload(): number;
  reload(): void;
}

/** Each tab looks at a time of its own, so that not all of them come at once after a deploy. */
const lookEveryMs = 30_000;
/** So long must it be left alone: whoever only glances at another tab finds it as it was. */
const unattendedMs = 60_000;
/** While versions run side by side, the next page may be the old one again. */
const notAgainMs = 10 * 60_000;

/**
 * Loads the page anew when the server is of another version, once that disturbs nobody and loses nothing. Until then the
 * banner offers it. Returns what ends it.
 */
export function reloadWhenQuiet(
  { stores, texts }: Pick<Parley, "stores" | "texts">,
  page: ReloadablePage,
  now: () => number = Date.now,
  random: () => number = Math.random,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function mayReload(): boolean {
    const since = page.unattendedSince();
    const { entries, edits } = stores.outbox.getState();
    return (
      since !== null &&
      now() - since >= unattendedMs &&
      now() - page.lastReload() >= notAgainMs &&
      stores.connection.getState().status === "online" &&
      entries.length === 0 &&
      edits.size === 0 &&
      texts.isKept() &&
      !page.isInUse()
    );
  }
  function look(): void {
    if (mayReload()) page.reload();
    else timer = setTimeout(look, lookEveryMs);
  }
  const begin = () => {
    if (timer === undefined && stores.connection.getState().newVersion)
      timer = setTimeout(look, random() * lookEveryMs);
  };
  const unsubscribe = stores.connection.subscribe(begin);
  begin();
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
