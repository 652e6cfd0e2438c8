import { firstLoad } from "./scripts/check/first-load.mjs";

// What a browser fetches before a page answers to a touch: 230 KB of JavaScript, compressed, for every page.
export default firstLoad(process.env.NEXT_DIST_DIR || ".next").map(({ route, files }) => ({
  name: route,
  path: files,
  limit: "230 kB",
  gzip: true,
}));
