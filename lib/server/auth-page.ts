import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Caller } from "./actor";
import { callerFrom } from "./caller";

/** Who asks for this page. */
export async function pageCaller(): Promise<Caller> {
  return callerFrom(await headers());
}

/** Sends a stranger to the sign-in, and from there back to where they wanted to go. */
export async function redirectToSignIn(): Promise<never> {
  const path = (await headers()).get("x-parley-path") ?? "/";
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

export { redirect };
