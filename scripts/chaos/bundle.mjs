import { readFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { PlainError } from "../setup/plain-error.mjs";
import { deathBanner, killPoints } from "./plants.mjs";

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
  logLevel: "error",
};

/** Bundles the server with its kill points and these changes, which are planted bugs (see `plants.mjs`). */
export async function bundleServer(root, outfile, changes) {
  // If a bug and a kill point replace the same text, only the bug is planted.
  const points = killPoints.filter(({ text }) => !changes.some((change) => change.text === text));
  await esbuild.build({
    ...shared,
    absWorkingDir: root,
    entryPoints: ["server.ts"],
    outfile,
    banner: { js: deathBanner },
    plugins: [planting(root, [...points, ...changes])],
  });
}

/** Bundles the checker, and with it the client that it drives, with these changes. */
export async function bundleChecker(root, outfile, changes) {
  await esbuild.build({
    ...shared,
    absWorkingDir: root,
    entryPoints: ["tests/chaos/run.ts"],
    outfile,
    plugins: [keepScriptsExternal(root), planting(root, changes)],
  });
}

/** Replaces texts while modules are loaded. The build fails if a text does not occur exactly once. */
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
              `${name} no longer contains this exactly once: adapt scripts/chaos/plants.mjs.\n${text}`,
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

/** Scripts read files next to them, so they are not bundled. */
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
