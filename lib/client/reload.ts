import type { Parley } from "./parley";

/** What `reloadWhenQuiet` needs from the page. */
export interface ReloadablePage {
  /** When somebody last looked at the page or used it, by `performance.now()`; null while somebody does. */
  unattendedSince(): number | null;
  /** Whether a reload would lose something: an open dialog, or text in a field whose text is not kept. */
  losesOnReload(): boolean;
  /** For how many milliseconds this tab has not reloaded itself. Survives the reload. */
  sinceReload(): number;
  reload(): void;
}

/** The first check comes after a random part of this time, so that tabs do not all reload at once after a deploy. */
const checkEveryMs = 30_000;
/** How long a page must be unattended. A person who glances at another tab should find the page unchanged. */
const unattendedMs = 60_000;
/** A tab does not reload more often than this: during a rolling upgrade, a reload may bring the old version again. */
const minReloadIntervalMs = 10 * 60_000;

/**
 * Reloads the page after the server's version has changed, as soon as a reload disturbs nobody and loses nothing. Returns a
 * function that stops this.
 */
export function reloadWhenQuiet(
  { stores, texts }: Pick<Parley, "stores" | "texts">,
  page: ReloadablePage,
  now: () => number = () => performance.now(),
  random: () => number = Math.random,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function mayReload(): boolean {
    const since = page.unattendedSince();
    const { entries, edits } = stores.outbox.getState();
    return (
      since !== null &&
      now() - since >= unattendedMs &&
      page.sinceReload() >= minReloadIntervalMs &&
      stores.connection.getState().status === "online" &&
      entries.length === 0 &&
      edits.size === 0 &&
      texts.isKept() &&
      !page.losesOnReload()
    );
  }
  function check(): void {
    if (mayReload()) page.reload();
    else timer = setTimeout(check, checkEveryMs);
  }
  const startIfNewVersion = () => {
    if (timer === undefined && stores.connection.getState().newVersion)
      timer = setTimeout(check, random() * checkEveryMs);
  };
  const unsubscribe = stores.connection.subscribe(startIfNewVersion);
  startIfNewVersion();
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
