// Signs in over HTTP as a browser does, and calls operations with the cookie, over HTTP or a socket.
import { requestFor } from "@/lib/client/http-request";
import { organizationHeader } from "@/lib/contract/organization-header";
import type { Answer } from "@/lib/contract/errors";
import type { Route } from "@/lib/contract/route";
import type { OperationName, Output } from "@/lib/contract/index";
import { asDefined, type Listener, listen } from "./listener";
import { cookieNameIn, type CookieKind } from "@/lib/server/cookie-name";
import { makeTokenSigner } from "@/lib/server/signed-token";
import { makePerson, type TestPerson } from "./people";
import { authSecret } from "./server";

export interface Login {
  url: string;
  /** Empty if not signed in. */
  cookie: string;
  /** The handle of the organization that requests and sockets name. */
  organization?: string | undefined;
  /** A request with the cookie and the server's Origin. `init` may override both. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Calls an operation over HTTP, at its route or at an alias of it. The input is not checked by types, so that refusals can be tested. */
  rest<N extends OperationName>(name: N, input: object, route?: Route): Promise<Answer<Output<N>>>;
  /** Opens a socket and waits until the server is ready for it. */
  listen(): Promise<Listener>;
}

/** A login with this cookie. Without `organization`, its requests and sockets name none. */
export function loginWith(url: string, cookie: string, organization?: string): Login {
  const ask = (path: string, init: RequestInit = {}) => {
    const ownHeaders = Object.fromEntries(new Headers(init.headers));
    const asBrowser = withHeaders(init, {
      origin: url,
      ...(cookie && { cookie }),
      ...(organization !== undefined && { [organizationHeader]: organization }),
      ...ownHeaders,
    });
    return fetch(url + path, { redirect: "manual", ...asBrowser });
  };
  return {
    url,
    cookie,
    organization,
    fetch: ask,
    async rest<N extends OperationName>(name: N, input: object, route?: Route) {
      const request = requestFor(name, input, route);
      const { credentials: _, ...init } = request.init;
      return asDefined(name, (await (await ask(request.url, init)).json()) as Answer<Output<N>>);
    },
    listen: () => listen(url, cookie, {}, organization === undefined ? {} : { organization }),
  };
}

/** The same login, in the organization with this handle. */
export const inOrganization = ({ url, cookie }: Login, { handle }: { handle: string }): Login =>
  loginWith(url, cookie, handle);

/** The same request with more headers. */
export function withHeaders(init: RequestInit, more: Record<string, string>): RequestInit {
  return { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...more } };
}

export const nobody = (server: { url: string }): Login => loginWith(server.url, "");

/** The CSRF token that a form needs, and the cookie that belongs to it. */
export async function csrf(server: { url: string }): Promise<{ csrfToken: string; cookie: string }> {
  const answer = await fetch(`${server.url}/api/auth/csrf`);
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { csrfToken, cookie: cookiesOf(answer) };
}

/** Tries to sign in and returns the answer. */
export async function trySignIn(
  server: { url: string },
  { email, password }: { email: string; password: string },
  headers: Record<string, string> = {},
): Promise<Response> {
  const { csrfToken, cookie } = await csrf(server);
  return fetch(`${server.url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: server.url, ...headers, cookie: [cookie, headers.cookie].filter(Boolean).join("; ") },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
}

/** The name of a cookie of the test's server. */
export const cookieName = (kind: CookieKind, { url } = { url: "http://localhost" }): string =>
  cookieNameIn({ authSecret, publicUrl: new URL(url) }, kind);

/** Signs in. Throws if the server refuses. */
export async function signIn(
  server: { url: string },
  person: { email: string; password: string },
  headers: Record<string, string> = {},
): Promise<Login> {
  const answer = await trySignIn(server, person, headers);
  const session = cookiesOf(answer)
    .split("; ")
    .find((cookie) => /^(__Host-)?parley\.session\.\w+=/.test(cookie));
  if (!session) throw new Error(`${person.email} was not signed in: ${answer.status} ${await answer.text()}`);
  return loginWith(server.url, session);
}

/** The cookie for a login that is already in the database. */
export async function loginOf(
  server: { url: string },
  { sessionId, accountId = sessionId }: { sessionId: string; accountId?: string },
): Promise<Login> {
  const token = makeTokenSigner(authSecret, "session").sign([sessionId, accountId], 86_400);
  return loginWith(server.url, `${cookieName("session", server)}=${token}`);
}

/** Creates a person with a login, without the work that a password costs. */
export async function newcomer(
  server: { url: string },
  organization: { id: string },
  wanted: Parameters<typeof makePerson>[1] = {},
): Promise<TestPerson & { login: Login }> {
  const person = await makePerson(organization, wanted);
  return { ...person, login: await loginOf(server, person) };
}

export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** The data of a successful answer. Throws if it was an error. */
export function data<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer.error)}`);
  return answer.data;
}
