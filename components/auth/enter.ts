import { signIn } from "./sign-in";

/** Loads another page. Never comes back, so that a form stays busy until it is gone. */
export function leaveFor(path: string): Promise<never> {
  location.replace(path);
  return new Promise(() => {});
}

/** After a password was set: signs in with it and opens Parley, or another page of it. Where that fails, the sign-in page asks. */
export async function enter(email: string, password: string, path = "/"): Promise<never> {
  const answer = await signIn(email, password);
  return leaveFor(answer.ok ? path : path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
