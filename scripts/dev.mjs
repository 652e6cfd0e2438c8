// npm run dev: the same preparation as npm start, then the server from its sources. Pages change under your eyes; the
// server starts again when its own code changes.
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const { watchOperations } = await import("./setup/operations.mjs");
const { start } = await import("./setup/start.mjs");
const { whyNotListen } = await import("./setup/ports.mjs");
const { until } = await import("./setup/until.mjs");

// The pages are Next's to watch.
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
  // The watcher stands between us and the server: when the port is taken, the server has it.
  whenReady: ({ ports: [port], host }) => until(() => whyNotListen(port, host), Number.POSITIVE_INFINITY, 200),
});
