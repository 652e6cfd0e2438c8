// npm start: from a fresh checkout to a running Parley. Uses only what Node brings until the dependencies are there.
import { requireNode } from "./setup/node-version.mjs";

requireNode(20, 19);
const { start } = await import("./setup/start.mjs");
await start({
  withBuild: true,
  entriesFor: ({ serverFile }, env) => [{ args: ["--enable-source-maps", "--no-deprecation", serverFile], env }],
});
