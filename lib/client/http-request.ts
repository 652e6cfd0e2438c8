import type { Answer } from "@/lib/contract/errors";
import type { OperationName } from "@/lib/contract/index";
import { organizationHeader } from "@/lib/contract/organization-header";
import { parseRoute, type Route } from "@/lib/contract/route";
import { routes } from "@/lib/generated/contract/routes";
import { offlineError } from "./call-error";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpOptions {
  baseUrl: string;
  fetch: Fetch;
  /** The handle of the organization that the requests are for. Not needed if the caller is in only one. */
  organization?: () => string | null;
  /** Called if the server returned the stored answer to an earlier try, which may be stale. */
  onRepeated?: (() => void) | undefined;
}

/** Longer than the socket's timeout, because there is no fallback after HTTP. */
const timeoutMs = 15_000;

/** Sends a request and returns its answer. Throws `offline` if none comes from our server. */
export async function fetchAnswer(options: HttpOptions, name: OperationName, input: object): Promise<Answer<unknown>> {
  const { url, init } = requestFor(name, input);
  const organization = options.organization?.();
  if (organization) init.headers = { ...(init.headers as object), [organizationHeader]: organization };
  const controller = new AbortController();
  const read = async (): Promise<unknown> =>
    (await options.fetch(options.baseUrl + url, { ...init, signal: controller.signal })).json();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // In Node.js, reading the answer can stay pending after it was aborted (nodejs/node#56917).
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  try {
    const answer = await Promise.race([read(), late]);
    if (isAnswer(answer)) return answer;
  } catch {
    // The connection was refused, or the answer is not JSON, such as a proxy's error page.
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
  throw offlineError();
}

function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === "object" && value !== null && "ok" in value && (value.ok === true || "error" in value);
}

/** Builds the HTTP request. Fields that the route names in braces go into the path, the others into the query or the body. */
export function requestFor(
  name: OperationName,
  input: object,
  route: Route = routes[name],
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
