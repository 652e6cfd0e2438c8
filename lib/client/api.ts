import { createHttpCall } from "./http";

export { isCallError } from "./call-error";

/** Asks the server for one operation over HTTP: for pages that have no engine, like signing in and settings. */
export const api = createHttpCall({ baseUrl: "", fetch: (url, init) => fetch(url, init) });
