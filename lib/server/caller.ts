import { type Caller, findActor } from "./actor";
import { sessionFrom } from "./cookie";
import { newRequestId } from "./execute";

/** The caller of an HTTP request. Its `x-parley-*` headers are set by `lib/server/http.ts`, never by the client. */
export async function callerFrom(headers: { get(name: string): string | null }): Promise<Caller> {
  const cookies = headers.get("cookie");
  const cookie = await sessionFrom(cookies);
  return {
    actor: cookie ? await findActor(cookie.sessionId) : null,
    address: headers.get("x-parley-address") ?? "",
    isLocal: headers.get("x-parley-local") === "1",
    cookies,
    userAgent: headers.get("user-agent") ?? "",
    requestId: headers.get("x-request-id") ?? newRequestId(),
  };
}
