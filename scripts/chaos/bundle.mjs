import { readFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { PlainError } from "../setup/plain-error.mjs";
import { clockBanner } from "./clock.mjs";
import { deathBanner, killPoints } from "./kill-points.mjs";

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "error",
};

/** Bundles the server with its kill points. `changes` are bugs to plant (see `plants.mjs`). */
export async function bundleServer(root, outfile, changes) {
  // If a bug replaces the same text as a kill point, the kill point is left out.
  const points = killPoints.filter(({ text }) => !changes.some((change) => change.text === text));
  await esbuild.build({
    ...shared,
    absWorkingDir: root,
    entryPoints: ["server.ts"],
    outfile,
    banner: { js: `${deathBanner}\n${clockBanner}` },
    plugins: [planting(root, [...points, ...changes])],
  });
}

/** Bundles the checker together with the client that it drives. `changes` are bugs to plant in them. */
export async function bundleChecker(root, outfile, changes) {
  await esbuild.build({
    ...shared,
    absWorkingDir: root,
    entryPoints: ["tests/chaos/run.ts"],
    outfile,
    plugins: [keepScriptsExternal(root), planting(root, changes)],
  });
}

/** An esbuild plugin that replaces texts while modules are loaded. The build fails unless each text occurs exactly once. */
function planting(root, changes) {
  return {
    name: "planting",
    setup(build) {
      const files = new Map(changes.map((change) => [path.join(root, change.in), []]));
      for (const change of changes) files.get(path.join(root, change.in)).push(change);
      const loaded = new Set();
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => {
        if (!files.has(file)) return undefined;
        loaded.add(file);
        let contents = await readFile(file, "utf8");
        for (const { in: name, text, with: replacement } of files.get(file)) {
          if (contents.split(text).length !== 2)
            throw new PlainError(
              `${name} must contain the following text exactly once. Update the entry in scripts/chaos:\n${text}`,
            );
          contents = contents.replace(text, () => replacement);
        }
        return { contents, loader: "ts" };
      });
      build.onEnd(() => {
        const unusedFiles = [...files.keys()].filter((file) => !loaded.has(file));
        if (unusedFiles.length > 0) throw new PlainError(`Not part of the bundle: ${unusedFiles.join(", ")}.`);
      });
    },
  };
}

/** Scripts are not bundled, because they read files in their own folders. */
function keepScriptsExternal(root) {
  return {
    name: "scripts-stay",
    setup(build) {
      build.onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ path: name, resolveDir }) => {
        const file = path.resolve(resolveDir, name);
        return file.startsWith(path.join(root, "scripts")) ? { path: file, external: true } : undefined;
      });
    },
  };
}
