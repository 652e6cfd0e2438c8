import { WebSocket } from "ws";

/**
 * Connects to a server that was started with --inspect. Resolves to { collectGarbage(), profile(work), close() }: memory is
 * measured after a collection, and a profile shows where CPU time goes.
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
    /** Profiles the server during `work`: the largest shares first, without idle time. */
    async profile(work) {
      await ask("Profiler.setSamplingInterval", { interval: 500 });
      await ask("Profiler.start");
      await work();
      return shares((await ask("Profiler.stop")).profile);
    },
    close: () => socket.terminate(),
  };
}

/** Profiles a server during `work`. Use a round of its own, because profiling costs time. */
export async function profileOf({ inspectorPort }, name, work) {
  const inspector = await inspect(inspectorPort);
  const profile = { name, ...(await inspector.profile(work)) };
  inspector.close();
  return profile;
}

/** Shares of the time by function (without its callees) and by package: { functions, packages } of [{ what, share }]. */
function shares({ nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [functions, packages] = [new Map(), new Map()];
  let total = 0;
  const add = (sums, what, us) => sums.set(what, (sums.get(what) ?? 0) + us);
  for (const [at, id] of samples.entries()) {
    const frame = frames.get(id);
    if (frame.functionName === "(idle)") continue;
    total += timeDeltas[at];
    add(functions, nameOf(frame), timeDeltas[at]);
    add(packages, packageOf(frame), timeDeltas[at]);
  }
  const sorted = (sums) =>
    [...sums].map(([what, us]) => ({ what, share: us / total })).toSorted((one, other) => other.share - one.share);
  return { functions: sorted(functions), packages: sorted(packages) };
}

const IN_PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?:.*\/)?([^/]+)$/;

function nameOf({ functionName, url, lineNumber }) {
  const [, name, file] = IN_PACKAGE.exec(url) ?? ["", "", url.split("/").at(-1)];
  return file ? `${functionName || "(anonymous)"} ${name && `${name} `}${file}:${lineNumber + 1}` : functionName;
}

/** Frames without a file are native: writing to sockets, collecting garbage. */
function packageOf({ functionName, url }) {
  if (!url) return functionName || "(native)";
  if (!url.includes("/")) return "node";
  if (url.startsWith("node:")) return "node";
  return IN_PACKAGE.exec(url)?.[1] ?? (url.includes("/server/chunks/") ? "pages and routes" : "Parley");
}
