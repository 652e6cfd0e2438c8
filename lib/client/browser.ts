import type { Home } from "@/lib/contract/home";
import { createParley } from "./engine";
import type { OutboxChannel } from "./outbox";
import { createBrowserStorage } from "./outbox-browser";
import type { Parley } from "./parley";

/** The engine with a browser's parts. Touches none of them before it is started: pages are rendered on the server, too. */
export function createBrowserParley(home: Home, version: string): Parley {
  return createParley({
    home,
    version,
    fetch: (url, init) => fetch(url, init),
    storage: createBrowserStorage(),
    lock: (name, run) => (navigator.locks ? navigator.locks.request(name, run) : run()),
    channel: createChannel("parley-outbox"),
    texts: {
      getItem: (key) => localStorage.getItem(key),
      setItem: (key, text) => localStorage.setItem(key, text),
      removeItem: (key) => localStorage.removeItem(key),
    },
  });
}

function createChannel(name: string): OutboxChannel {
  let channel: BroadcastChannel | null = null;
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's, not a channel's
    tell: () => channel?.postMessage("changed"),
    hear(changed) {
      const mine = new BroadcastChannel(name);
      mine.addEventListener("message", changed);
      channel = mine;
      return () => {
        mine.close();
        channel = null;
      };
    },
  };
}

const idleAfterMs = 5 * 60_000;
const input = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Tells the engine of a page's comings and goings. Returns what ends it. */
export function watchPage(parley: Parley): () => void {
  let idle: ReturnType<typeof setTimeout> | undefined;
  let seenAt = 0;
  const wake = () => {
    if (document.visibilityState === "visible") parley.retryNow();
  };
  const active = () => {
    // A moving pointer says so sixty times a second.
    if (Date.now() - seenAt < 1_000) return;
    seenAt = Date.now();
    clearTimeout(idle);
    idle = setTimeout(() => parley.setActive(false), idleAfterMs);
    parley.setActive(true);
  };
  for (const name of input) window.addEventListener(name, active, { passive: true });
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  active();
  return () => {
    clearTimeout(idle);
    for (const name of input) window.removeEventListener(name, active);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", wake);
    document.removeEventListener("visibilitychange", wake);
  };
}
