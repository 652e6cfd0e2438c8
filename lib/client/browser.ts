import type { Home } from "@/lib/contract/home";
import { createParley } from "./engine";
import type { OutboxChannel } from "./outbox";
import { createBrowserStorage } from "./outbox-browser";
import type { Parley } from "./parley";
import { browserTexts } from "./texts-browser";

/**
 * Creates the client with the browser's storage, locks and channels. None of them is used before `start`, because the server,
 * which has none, also runs this to render pages.
 */
export function createBrowserParley(home: Home, version: string): Parley {
  return createParley({
    home,
    version,
    fetch: (url, init) => fetch(url, init),
    storage: createBrowserStorage(),
    withLock: (name, run) => (navigator.locks ? navigator.locks.request(name, run) : run()),
    channel: createChannel(`parley-outbox-${home.me.id}`),
    texts: browserTexts,
  });
}

function createChannel(name: string): OutboxChannel {
  let channel: BroadcastChannel | null = null;
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's, not a channel's
    notify: () => channel?.postMessage("changed"),
    subscribe(onChange) {
      const opened = new BroadcastChannel(name);
      opened.addEventListener("message", onChange);
      channel = opened;
      return () => {
        opened.close();
        channel = null;
      };
    },
  };
}
