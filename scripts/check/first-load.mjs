// The scripts that a page's HTML loads, read from Next's build: the scripts of all pages, and those of the page and its layouts.
// The served page has the same list in <script src>, but reading it would need a sign-in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

/** The pages of a build, as `[{ route, files }]`. Throws if none of them is a page of the chat. */
export function firstLoad(dist) {
  const json = (name) => JSON.parse(readFileSync(join(dist, name), "utf8"));
  const everywhere = json("build-manifest.json").rootMainFiles;
  const pages = Object.entries(json("app-path-routes-manifest.json")).filter(([entry]) =>
    /^\/(?!_).*page$/.test(entry),
  );
  if (everywhere.length === 0 || !pages.some(([entry]) => entry.includes("/(chat)/"))) {
    throw new Error(`${dist} contains no chat page, or Next changed its manifests: fix scripts/check/first-load.mjs.`);
  }
  return pages.map(([entry, route]) => ({
    route,
    files: [...new Set([...everywhere, ...clientFiles(dist, entry)])].map((file) => join(dist, file)),
  }));
}

function clientFiles(dist, entry) {
  const code = readFileSync(join(dist, "server/app", `${entry}_client-reference-manifest.js`), "utf8");
  const sandbox = { globalThis: {} };
  vm.runInNewContext(code, sandbox);
  return Object.values(sandbox.globalThis.__RSC_MANIFEST[entry].entryJSFiles).flat();
}
