// npm start: prepares a checkout and runs Parley. Uses only Node's own modules until the packages are installed.
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const { start } = await import("./setup/start.mjs");
await start({
  withBuild: true,
  words: process.argv.slice(2),
  entriesFor: ({ serverFile, ports }, env) =>
    ports.map((port) => ({
      name: ports.length > 1 ? `The server on port ${port}` : "The server",
      args: ["--enable-source-maps", "--no-deprecation", serverFile],
      env: { ...env, PORT: String(port) },
    })),
});
