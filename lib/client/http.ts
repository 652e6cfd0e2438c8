import type { Answer } from "@/lib/contract/errors";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import { organizationHeader } from "@/lib/contract/organization-header";
import { parseRoute, type Route } from "@/lib/contract/route";
import { routes } from "@/lib/generated/contract/routes";
import { CallError, offlineError } from "./call-error";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
export type Call = <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>;

/** Longer than the socket's timeout, because there is no fallback after HTTP. */
const timeoutMs = 15_000;

export interface HttpOptions {
  baseUrl: string;
  fetch: Fetch;
  /** The handle of the organization that the requests are for. Not needed if the caller is in only one. */
  organization?: () => string | null;
  /** Called if the server returned the stored answer to an earlier try, which may be stale. */
  onRepeated?: (() => void) | undefined;
}

/** Calls operations over HTTP. Throws `CallError`. Its code is `offline` if the answer is not from our server. */
export function createHttpCall(options: HttpOptions): Call {
  return async <N extends OperationName>(name: N, input: Input<N>) => {
    const { url, init } = requestFor(name, input);
    const organization = options.organization?.();
    if (organization) init.headers = { ...(init.headers as object), [organizationHeader]: organization };
    return dataOf(await fetchAnswer(options.fetch, options.baseUrl + url, init), options.onRepeated) as Output<N>;
  };
}

async function fetchAnswer(fetch: Fetch, url: string, init: RequestInit): Promise<Answer<unknown>> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const answer: unknown = await response.json();
    if (isAnswer(answer)) return answer;
  } catch {
    // The connection was refused, the request timed out, or the answer is not JSON, such as a proxy's error page.
  }
  throw offlineError();
}

function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === "object" && value !== null && "ok" in value && (value.ok === true || "error" in value);
}

/** Returns the data of an answer. Throws if the answer is an error. */
export function dataOf(answer: Answer<unknown>, onRepeated?: () => void): unknown {
  if (!answer.ok) throw new CallError(answer.error);
  if (answer.repeated) onRepeated?.();
  return answer.data;
}

/** Builds the HTTP request. Fields that the route names in braces go into the path, the others into the query or the body. */
export function requestFor(
  name: OperationName,
  input: object,
  route: Route = routes[name].http,
): { url: string; init: RequestInit } {
  const { method, path, params } = parseRoute(route);
  const fields = input as Record<string, unknown>;
  const url = path.replace(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(String(fields[param])));
  const otherFields = Object.entries(fields).filter(([key, value]) => !params.includes(key) && value !== undefined);
  const init: RequestInit = { method, credentials: "same-origin" };
  if (method === "GET") {
    const query = new URLSearchParams(
      otherFields.flatMap(([key, value]) => [value].flat().map((one) => [key, String(one)])),
    );
    return { url: otherFields.length > 0 ? `${url}?${query}` : url, init };
  }
  init.headers = { "content-type": "application/json" };
  init.body = JSON.stringify(Object.fromEntries(otherFields));
  return { url, init };
}
