import { signIn } from "./sign-in";

/** After a password was set: signs in with it and opens Parley. Where that fails, the sign-in page asks. */
export async function enter(email: string, password: string): Promise<void> {
  const answer = await signIn(email, password);
  location.replace(answer.ok ? "/" : "/sign-in");
}
