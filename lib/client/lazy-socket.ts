import { backOff } from "./back-off";
import { offlineError } from "./call-error";
import type { ClientSocket, ClientSocketOptions } from "./socket";

/**
 * The connection to the server. The code of `./socket` is large. It is fetched only at the first `start`, so that the page is
 * usable earlier. Until the code is loaded, there is no connection, and calls use HTTP.
 */
export function createLazySocket(options: ClientSocketOptions): ClientSocket {
  const retryDelay = backOff({ firstMs: 500, maxMs: 5_000 });
  let socket: ClientSocket | null = null;
  let running = false;
  let fetching = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fetchCode(): Promise<void> {
    if (fetching || socket) return;
    clearTimeout(timer);
    fetching = true;
    try {
      const { createSocket } = await import("./socket");
      socket = createSocket(options);
      if (running) socket.start();
    } catch {
      if (!running) return;
      options.handlers.disconnected(false);
      timer = setTimeout(() => void fetchCode(), retryDelay.next());
    } finally {
      fetching = false;
    }
  }

  return {
    start() {
      running = true;
      if (socket) socket.start();
      else void fetchCode();
    },
    stop() {
      running = false;
      clearTimeout(timer);
      socket?.stop();
    },
    wake() {
      if (socket) socket.wake();
      else if (running) void fetchCode();
    },
    isReady: () => socket?.isReady() ?? false,
    request: (name, input, timeoutMs) => socket?.request(name, input, timeoutMs) ?? Promise.reject(offlineError()),
  };
}
