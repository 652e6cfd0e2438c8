// Never reached: it only stands in for our own address, whatever that is.
const here = "http://parley.invalid";

/** Where to go after signing in: the path asked for when it is a page of ours, else home. */
export function nextPath(asked: string | undefined): string {
  if (!asked?.startsWith("/") || !URL.canParse(asked, here)) return "/";
  const url = new URL(asked, here);
  if (url.origin !== here) return "/";
  const path = url.pathname + url.search + url.hash;
  // Only after the browser's own reading of dots, tabs and backslashes does it show whether a path is an address.
  return path.startsWith("//") || /^\/(api|sign-in)(\/|$)/.test(url.pathname) ? "/" : path;
}
