import type { Parley } from "./parley";
import { reloadWhenQuiet } from "./reload";
import { onWake } from "./sleep";

const idleAfterMs = 5 * 60_000;
const inputEvents = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const lastReloadKey = "parley.reloaded";

/** Notifies the client of changes to the page's network, visibility, input and storage. Returns a function that stops this. */
export function watchPage(parley: Parley): () => void {
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let lastInputAt = Number.NEGATIVE_INFINITY;
  let hiddenSince = document.visibilityState === "visible" ? null : performance.now();

  const updateNetwork = () => parley.stores.connection.setState({ noNetwork: !navigator.onLine });
  const reconnectIfVisible = () => {
    if (document.visibilityState === "visible") parley.retryNow();
  };
  const onVisibilityChange = () => {
    hiddenSince = document.visibilityState === "visible" ? null : (hiddenSince ?? performance.now());
    updateNetwork();
    reconnectIfVisible();
    if (hiddenSince !== null) void parley.drafts.save(true);
  };
  const onInput = () => {
    // While the pointer moves, this is called sixty times a second.
    if (performance.now() - lastInputAt < 1_000) return;
    lastInputAt = performance.now();
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => parley.setActive(false), idleAfterMs);
    parley.setActive(true);
  };
  updateNetwork();
  for (const name of inputEvents) window.addEventListener(name, onInput, { passive: true });
  window.addEventListener("online", updateNetwork);
  window.addEventListener("offline", updateNetwork);
  window.addEventListener("online", reconnectIfVisible);
  window.addEventListener("pageshow", reconnectIfVisible);
  const onStorage = ({ key }: StorageEvent) => parley.texts.onStorageChange(key);
  window.addEventListener("storage", onStorage);
  document.addEventListener("visibilitychange", onVisibilityChange);
  const unwatchSleep = onWake(reconnectIfVisible);
  const unwatchVersion = reloadWhenQuiet(parley, {
    unattendedSince: () => hiddenSince ?? (performance.now() - lastInputAt >= idleAfterMs ? lastInputAt : null),
    losesOnReload,
    sinceReload,
    reload() {
      sessionStorage.setItem(lastReloadKey, String(Date.now()));
      location.reload();
    },
  });
  onInput();
  return () => {
    clearTimeout(idleTimer);
    unwatchSleep();
    unwatchVersion();
    for (const name of inputEvents) window.removeEventListener(name, onInput);
    window.removeEventListener("online", reconnectIfVisible);
    window.removeEventListener("online", updateNetwork);
    window.removeEventListener("offline", updateNetwork);
    window.removeEventListener("pageshow", reconnectIfVisible);
    window.removeEventListener("storage", onStorage);
    document.removeEventListener("visibilitychange", onVisibilityChange);
  };
}

/** Whether a dialog or menu is open, or a field without `data-kept` holds text. A reload would lose that text. */
function losesOnReload(): boolean {
  if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]")) return true;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  return [...fields].some(({ value, dataset }) => value !== "" && dataset.kept === undefined);
}

function sinceReload(): number {
  try {
    // The clock may have been set back since.
    return Math.abs(Date.now() - Number(sessionStorage.getItem(lastReloadKey) ?? 0));
  } catch {
    return 0; // without a record, reloads could repeat forever
  }
}
