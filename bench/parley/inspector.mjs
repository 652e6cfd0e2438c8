import { WebSocket } from "ws";

/**
 * Speaks to a server that was started with --inspect. Resolves to { collectGarbage(), close() }, so that what is measured
 * is what is held and not what nobody has cleared away yet.
 */
export async function inspect(port) {
  const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map();
  let last = 0;
  socket.on("message", (/** @type {Buffer} */ bytes) => {
    const { id } = JSON.parse(bytes.toString("utf8"));
    waiting.get(id)?.();
    waiting.delete(id);
  });
  const ask = (method) =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method }));
    });
  await ask("HeapProfiler.enable");
  return {
    async collectGarbage() {
      for (let time = 0; time < 3; time++) await ask("HeapProfiler.collectGarbage");
    },
    close: () => socket.terminate(),
  };
}
