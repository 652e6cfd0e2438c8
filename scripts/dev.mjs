// npm run dev: prepares like npm start, then runs the server from source. Edited pages update in the browser; the server
// restarts when its own code changes.
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const { watchOperations } = await import("./setup/operations.mjs");
const { start } = await import("./setup/start.mjs");
const { whyNotListen } = await import("./setup/ports.mjs");
const { until } = await import("./setup/until.mjs");

// Next watches the pages itself, so tsx must not.
const PAGES = ["app", "components", ".next", "dist"].flatMap((folder) => ["--exclude", `./${folder}/**`]);

await start({
  withBuild: false,
  entriesFor: ({ ports: [port], root }, env) => {
    watchOperations(root, console.error);
    return [
      {
        name: "The server",
        args: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", ...PAGES, "server.ts"],
        env: { ...env, PORT: String(port), NODE_ENV: "development" },
      },
    ];
  },
  // tsx watch does not pass on the server's IPC message. So the server counts as ready when its port is in use.
  whenReady: ({ ports: [port], host }) => until(() => whyNotListen(port, host), Number.POSITIVE_INFINITY, 200),
});
