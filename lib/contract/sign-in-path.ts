/** The path of the sign-in page. After signing in, it opens `from`: a path of Parley with its query and fragment. */
export function signInPath(from: string): string {
  return from === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(from)}`;
}
