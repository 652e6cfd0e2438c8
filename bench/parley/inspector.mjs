import { WebSocket } from "ws";

/**
 * Speaks to a server that was started with --inspect. Resolves to { collectGarbage(), profile(work), close() }: so that
 * what is measured is what is held and not what nobody has cleared away yet, and to see where the time goes.
 */
export async function inspect(port) {
  const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false, maxPayload: 2 ** 30 });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map();
  let last = 0;
  socket.on("message", (/** @type {Buffer} */ bytes) => {
    const { id, result } = JSON.parse(bytes.toString("utf8"));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const ask = (method, params) =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask("HeapProfiler.enable");
  await ask("Profiler.enable");
  return {
    async collectGarbage() {
      for (let time = 0; time < 3; time++) await ask("HeapProfiler.collectGarbage");
    },
    /** Where the server's time goes while this is done: [{ what, share }], the most first; idle time is left out. */
    async profile(work) {
      await ask("Profiler.setSamplingInterval", { interval: 500 });
      await ask("Profiler.start");
      await work();
      return shares((await ask("Profiler.stop")).profile);
    },
    close: () => socket.terminate(),
  };
}

/** Where a server's time goes while this is done, as a profile of that name: in a round of its own, because looking costs time. */
export async function profileOf({ inspectorPort }, name, work) {
  const inspector = await inspect(inspectorPort);
  const profile = { name, shares: await inspector.profile(work) };
  inspector.close();
  return profile;
}

function shares({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const own = new Map();
  for (const [at, id] of samples.entries()) own.set(names.get(id), (own.get(names.get(id)) ?? 0) + timeDeltas[at]);
  own.delete("(idle)");
  const total = [...own.values()].reduce((sum, us) => sum + us, 0);
  return [...own].map(([what, us]) => ({ what, share: us / total })).toSorted((a, b) => b.share - a.share);
}

/** A function by its name and place: the package it is of, else the file. */
function nameOf({ functionName, url, lineNumber }) {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?:.*\/)?([^/]+)$/.exec(url);
  const where = inPackage ? `${inPackage[1]} ${inPackage[2]}` : url.split("/").at(-1);
  return where ? `${functionName || "(anonymous)"} ${where}:${lineNumber + 1}` : functionName;
}
