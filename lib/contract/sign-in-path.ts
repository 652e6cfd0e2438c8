/** The sign-in page that leads back to where somebody was: a path of ours, with its query and fragment. */
export function signInPath(from: string): string {
  return from === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(from)}`;
}
