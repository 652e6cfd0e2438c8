import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { signInPath } from "@/lib/contract/sign-in-path";
import { type Caller, type LoginSession, sessionsOfLogin } from "./actor";
import { callerFrom } from "./caller";
import { loginFrom } from "./cookie";

/**
 * The caller of the page that is being rendered, in the organization with this handle. If it is null: in their only organization.
 */
export async function pageCaller(handle: string | null): Promise<Caller> {
  return callerFrom(await headers(), handle);
}

/** The valid sessions of the browser that opens the page, one for each organization, most recently used first. */
export async function pageSessions(): Promise<LoginSession[]> {
  const login = await loginFrom((await headers()).get("cookie"));
  return login ? sessionsOfLogin(login.loginId) : [];
}

/** The address of the page that is being rendered, with its query. */
export async function pagePath(): Promise<string> {
  const path = (await headers()).get("x-parley-path") ?? "/";
  // Next adds `_rsc` when it loads a page in the browser.
  return path.replace(/([?&])_rsc=[^&]*&?/, "$1").replace(/[?&]$/, "");
}

/** Redirects to the sign-in page, which leads back to this page afterwards. */
export async function redirectToSignIn(): Promise<never> {
  redirect(signInPath(await pagePath()));
}

export { notFound, redirect };
