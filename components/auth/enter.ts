import { openPage } from "./open-page";
import { signIn } from "./sign-in";

/** Signs in with a new password and opens `path`. If that fails, opens the sign-in page instead. */
export async function signInAndOpen(email: string, password: string, path = "/"): Promise<never> {
  const answer = await signIn(email, password);
  return openPage(answer.ok ? path : path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
