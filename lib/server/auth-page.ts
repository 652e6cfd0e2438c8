import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Caller, findActor } from "./actor";
import { sessionIdFrom } from "./cookie";

/** Who asks for this page. */
export async function pageCaller(): Promise<Caller> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const sessionId = await sessionIdFrom(jar.toString());
  return {
    actor: sessionId ? await findActor(sessionId) : null,
    address: head.get("x-parley-address") ?? "",
    userAgent: head.get("user-agent") ?? "",
    requestId: head.get("x-request-id") ?? "",
  };
}

/** Sends a stranger to the sign-in, and from there back to where they wanted to go. */
export async function redirectToSignIn(): Promise<never> {
  const path = (await headers()).get("x-parley-path") ?? "/";
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

export { redirect };
