import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signInPath } from "@/lib/contract/sign-in-path";
import type { Caller } from "./actor";
import { callerFrom } from "./caller";

/** Who asks for this page. */
export async function pageCaller(): Promise<Caller> {
  return callerFrom(await headers());
}

/** Sends a stranger to the sign-in, and from there back to where they wanted to go. */
export async function redirectToSignIn(): Promise<never> {
  const asked = (await headers()).get("x-parley-path") ?? "/";
  // What Next adds when a page asks it for another.
  redirect(signInPath(asked.replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "")));
}

export { redirect };
