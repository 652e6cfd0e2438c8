// Stands for our own origin while a path is parsed. Never requested.
const ownOrigin = "http://parley.invalid";

/** Where to go after signing in: the requested path if it is one of our pages, otherwise `/`. */
export function nextPath(requested: string | undefined): string {
  if (!requested?.startsWith("/") || !URL.canParse(requested, ownOrigin)) return "/";
  const url = new URL(requested, ownOrigin);
  if (url.origin !== ownOrigin) return "/";
  const path = url.pathname + url.search + url.hash;
  // Checked after parsing: dots, tabs and backslashes can turn a path into another address, such as //evil.example.
  return path.startsWith("//") || /^\/(api|sign-in)(\/|$)/.test(url.pathname) ? "/" : path;
}
