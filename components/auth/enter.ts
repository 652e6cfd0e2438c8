import { signIn } from "./sign-in";

/** Loads another page. Never resolves, so that a form stays busy until the page is gone. */
export function leaveFor(path: string): Promise<never> {
  location.replace(path);
  return new Promise(() => {});
}

/** Signs in with a new password and opens `path`. If that fails, opens the sign-in page instead. */
export async function enter(email: string, password: string, path = "/"): Promise<never> {
  const answer = await signIn(email, password);
  return leaveFor(answer.ok ? path : path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
