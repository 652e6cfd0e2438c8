/** The path of the sign-in page that then returns to `from`: a path of ours, with its query and fragment. */
export function signInPath(from: string): string {
  return from === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(from)}`;
}
