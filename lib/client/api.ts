import { handleIn } from "@/lib/contract/paths";
import { signInPath } from "@/lib/contract/sign-in-path";
import { isCallError } from "./call-error";
import { type Call, createHttpCall } from "./http";

const callOverHttp = createHttpCall({
  baseUrl: "",
  fetch: (url, init) => fetch(url, init),
  organization: () => handleIn(location.pathname),
});

/**
 * Calls an operation over HTTP, for pages without a client, such as the sign-in page and the settings. If the session has ended,
 * opens the sign-in page, which gives the reason and returns to this page afterwards.
 */
export const api: Call = async (name, input) => {
  try {
    return await callOverHttp(name, input);
  } catch (error) {
    if (isCallError(error) && error.code === "unauthenticated")
      location.assign(signInPath(location.pathname + location.search + location.hash));
    throw error;
  }
};
