import type { Parley } from "./parley";
import { reloadWhenQuiet } from "./reload";
import { onWake } from "./sleep";

const idleAfterMs = 5 * 60_000;
const input = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const reloadedKey = "parley.reloaded";

/** Notifies the client of changes to the page's network, visibility, input and storage. Returns a function that stops this. */
export function watchPage(parley: Parley): () => void {
  let idle: ReturnType<typeof setTimeout> | undefined;
  let seenAt = 0;
  let hiddenSince = document.visibilityState === "visible" ? null : Date.now();

  const network = () => parley.stores.connection.setState({ noNetwork: !navigator.onLine });
  const wake = () => {
    if (document.visibilityState === "visible") parley.retryNow();
  };
  const changeVisibility = () => {
    hiddenSince = document.visibilityState === "visible" ? null : (hiddenSince ?? Date.now());
    network();
    wake();
  };
  const active = () => {
    // A moving pointer calls this sixty times a second.
    if (Date.now() - seenAt < 1_000) return;
    seenAt = Date.now();
    clearTimeout(idle);
    idle = setTimeout(() => parley.setActive(false), idleAfterMs);
    parley.setActive(true);
  };
  network();
  for (const name of input) window.addEventListener(name, active, { passive: true });
  window.addEventListener("online", network);
  window.addEventListener("offline", network);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  const changeStorage = ({ key, newValue }: StorageEvent) => parley.texts.storageChanged(key, newValue);
  window.addEventListener("storage", changeStorage);
  document.addEventListener("visibilitychange", changeVisibility);
  const unwatchSleep = onWake(wake);
  const unwatchVersion = reloadWhenQuiet(parley, {
    unattendedSince: () => hiddenSince ?? (Date.now() - seenAt >= idleAfterMs ? seenAt : null),
    isInUse,
    lastReload,
    reload() {
      sessionStorage.setItem(reloadedKey, String(Date.now()));
      location.reload();
    },
  });
  active();
  return () => {
    clearTimeout(idle);
    unwatchSleep();
    unwatchVersion();
    for (const name of input) window.removeEventListener(name, active);
    window.removeEventListener("online", wake);
    window.removeEventListener("online", network);
    window.removeEventListener("offline", network);
    window.removeEventListener("pageshow", wake);
    window.removeEventListener("storage", changeStorage);
    document.removeEventListener("visibilitychange", changeVisibility);
  };
}

/** Whether a dialog or menu is open, or a field holds text that it does not keep (it has no `data-kept`). */
function isInUse(): boolean {
  if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]")) return true;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  return [...fields].some(({ value, dataset }) => value !== "" && dataset.kept === undefined);
}

function lastReload(): number {
  try {
    return Number(sessionStorage.getItem(reloadedKey) ?? 0);
  } catch {
    return Number.POSITIVE_INFINITY; // without a record, reloads could repeat forever
  }
}
