import { signInPath } from "@/lib/contract/sign-in-path";
import { isCallError } from "./call-error";
import { type Call, createHttpCall } from "./http";

export { isCallError } from "./call-error";

const callOverHttp = createHttpCall({ baseUrl: "", fetch: (url, init) => fetch(url, init) });

/**
 * Calls an operation over HTTP, for pages without a client, such as the sign-in page and the settings. If the session has ended,
 * it opens the sign-in page, which says why and returns here afterwards.
 */
export const api: Call = async (name, input) => {
  try {
    return await callOverHttp(name, input);
  } catch (error) {
    // Signing out when already signed out needs no sign-in page.
    if (isCallError(error) && error.code === "unauthenticated" && name !== "session.end")
      location.assign(signInPath(location.pathname + location.search + location.hash));
    throw error;
  }
};
