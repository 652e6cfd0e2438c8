import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signInPath } from "@/lib/contract/sign-in-path";
import type { Caller } from "./actor";
import { callerFrom } from "./caller";

/** The caller of the page that is being rendered. */
export async function pageCaller(): Promise<Caller> {
  return callerFrom(await headers());
}

/** Redirects to the sign-in page, which leads back to this page afterwards. */
export async function redirectToSignIn(): Promise<never> {
  const path = (await headers()).get("x-parley-path") ?? "/";
  // `_rsc` is added by Next when it loads a page in the browser.
  redirect(signInPath(path.replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "")));
}

export { redirect };
