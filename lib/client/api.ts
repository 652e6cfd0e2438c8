import { signInPath } from "@/lib/contract/sign-in-path";
import { isCallError } from "./call-error";
import { type Call, createHttpCall } from "./http";

export { isCallError } from "./call-error";

const ask = createHttpCall({ baseUrl: "", fetch: (url, init) => fetch(url, init) });

/**
 * Asks the server for one operation over HTTP: for pages that have no engine, like signing in and settings. Where the login
 * has ended it leads to the sign-in, which says why and leads back.
 */
export const api: Call = async (name, input) => {
  try {
    return await ask(name, input);
  } catch (error) {
    // Whoever signs out twice is where they want to be.
    if (isCallError(error) && error.code === "unauthenticated" && name !== "session.end")
      location.assign(signInPath(location.pathname + location.search + location.hash));
    throw error;
  }
};
