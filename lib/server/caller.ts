import { organizationHeader } from "@/lib/contract/organization-header";
import { type Caller, findActorOfLogin } from "./actor";
import { loginFrom } from "./cookie";
import { newRequestId } from "./execute";

/**
 * The caller of an HTTP request, in the organization with the handle `organization`. `lib/server/http.ts` sets the `x-parley-*`
 * headers, so clients cannot forge them.
 */
export async function callerFrom(
  headers: { get(name: string): string | null },
  organization = headers.get(organizationHeader),
): Promise<Caller> {
  const cookies = headers.get("cookie");
  const login = await loginFrom(cookies);
  const found = login && (await findActorOfLogin(login.loginId, organization));
  return {
    actor: found === "several" ? null : found,
    login,
    mustNameOrganization: found === "several",
    address: headers.get("x-parley-address") ?? "",
    isLocal: headers.get("x-parley-local") === "1",
    cookies,
    userAgent: headers.get("user-agent") ?? "",
    requestId: headers.get("x-request-id") ?? newRequestId(),
  };
}
