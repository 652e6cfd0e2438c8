import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { fingerprint, hasContent, writeStamp } from "./fingerprint.mjs";
import { PlainError } from "./plain-error.mjs";
import { run } from "./run.mjs";

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "server.ts",
  "proxy.ts",
  "prisma/schema.prisma",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
/** Whether the build is independent of this file. */
const isIgnored = (file) => file === "lib/generated/prisma" || /\.test\.\w+$/.test(file);

/** Builds the pages and the server if their sources have changed since the last build. */
export async function build(checkout, { nextDir, serverFile }, log, signal) {
  const { root } = checkout;
  const stamp = path.join(root, nextDir, "sources.stamp");
  const current = fingerprint(root, SOURCES, isIgnored);
  if (hasContent(stamp, current) && existsSync(path.resolve(root, serverFile))) return;
  await checkout.requireUnused([nextDir, serverFile], "The sources have changed and need a new build");
  rmSync(stamp, { force: true }); // if the build fails halfway, it must not count as up to date

  log("Building (about a minute)");
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: root,
    lockDescriptor: checkout.lockDescriptor,
    signal,
    env: { ...process.env, NODE_ENV: "production", NEXT_DIST_DIR: nextDir, NEXT_TELEMETRY_DISABLED: "1" },
    sentence: "The build failed. See above.",
  });
  await bundleServer(root, serverFile);
  writeStamp(stamp, current);
}

async function bundleServer(root, serverFile) {
  const esbuild = await import("esbuild");
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: ["server.ts"],
      outfile: serverFile,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
      packages: "external",
      sourcemap: true,
    });
  } catch {
    throw new PlainError("Bundling the server failed. See above."); // esbuild has printed why
  }
}
