import { NextRequest } from "next/server";
import type { NextAuthOptions } from "next-auth";
import NextAuth from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { type Answer, errorStatus } from "@/lib/contract/errors";
import type { Caller } from "./actor";
import { AppError, toFailure } from "./app-error";
import { callerFrom } from "./caller";
import { type SessionCookie, parseSessionToken, rememberDevice, sessionToken } from "./cookie";
import { cookieName } from "./cookie-name";
import { env } from "./env";
import { readText, respond } from "./rest";

/** The functions of the domain that begin and end sessions. */
export interface SessionCommands {
  /** Checks an e-mail and a password and begins a session; null when they do not match. */
  begin: (credentials: { email: string; password: string }, caller: Caller) => Promise<SessionCookie | null>;
  end: (caller: Caller) => Promise<Answer<unknown>>;
}

/** The routes of next-auth that our pages use. All others answer 404. */
const usedRoutes: ReadonlySet<string> = new Set(["GET csrf", "POST callback/credentials", "POST signout"]);

const maxAgeSeconds = 90 * 24 * 3_600;
/** The form holds only an e-mail, a password and a token. */
const maxFormBytes = 16_384;

/** Creates the route handler of `app/api/auth/[...nextauth]/route.ts`. */
export function authRoute(commands: SessionCommands) {
  return async (request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> => {
    const requestId = request.headers.get("x-request-id") ?? "";
    try {
      const { nextauth } = await context.params;
      if (!usedRoutes.has(`${request.method} ${nextauth.join("/")}`)) throw new AppError("not_found");
      const caller = await callerFrom(request.headers);
      return await runNextAuth(await onlyNeededFields(request), context, caller, commands);
    } catch (error) {
      return respond({ ok: false, error: toFailure(error, requestId) }, requestId);
    }
  };
}

/** A copy of the request with nothing but what next-auth needs: no query, and three fields of the form. */
async function onlyNeededFields(request: Request): Promise<NextRequest> {
  const { method, headers } = request;
  const url = request.url.split("?")[0] as string;
  if (method === "GET") return new NextRequest(url, { headers });
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(headers.get("content-type") ?? ""))
    throw new AppError("invalid_input", "Send application/x-www-form-urlencoded.");
  const form = new URLSearchParams(await readText(request, maxFormBytes));
  const fields = ["csrfToken", "email", "password"].map((name): [string, string] => [name, form.get(name) ?? ""]);
  return new NextRequest(url, { method, headers, body: new URLSearchParams([...fields, ["json", "true"]]) });
}

async function runNextAuth(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
  caller: Caller,
  { begin, end }: SessionCommands,
): Promise<Response> {
  const outcome: { session: SessionCookie | null; error?: unknown } = { session: null };
  // An error must not reach next-auth, which would show it to the client.
  const beginSession = async (credentials: { email: string; password: string }) => {
    try {
      outcome.session = await begin(credentials, caller);
    } catch (error) {
      outcome.error = error;
    }
    return outcome.session;
  };
  const response = (await NextAuth(request as never, context as never, options(beginSession))) as Response;
  if (outcome.error) return refusal(outcome.error, caller.requestId);
  if (outcome.session)
    response.headers.append("set-cookie", await rememberDevice(caller.cookies ?? null, outcome.session.accountId));
  if (caller.actor && deletesSessionCookie(response)) {
    const ended = await end(caller);
    // The session has not ended, so do not send the response that deletes its cookie.
    if (!ended.ok && ended.error.code !== "unauthenticated") return respond(ended, caller.requestId);
  }
  return response;
}

/** The answer if checking the password failed with an error. A client of next-auth reads the error from `url`. */
function refusal(thrown: unknown, requestId: string): Response {
  const error = toFailure(thrown, requestId);
  const url = `${env().publicUrl.origin}/sign-in?error=${error.code}`;
  const { headers } = respond({ ok: false, error }, requestId);
  return Response.json({ ok: false, error, url }, { status: errorStatus[error.code], headers });
}

function deletesSessionCookie(response: Response): boolean {
  return response.headers.getSetCookie().some((cookie) => cookie.startsWith(`${cookieName("session")}=;`));
}

function options(
  begin: (credentials: { email: string; password: string }) => Promise<SessionCookie | null>,
): NextAuthOptions {
  const secure = env().publicUrl.protocol === "https:";
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    secret: env().authSecret,
    // The token only names a Session row of ours: the row decides whether the session is still valid.
    session: { strategy: "jwt", maxAge: maxAgeSeconds },
    jwt: {
      maxAge: maxAgeSeconds,
      encode: ({ token }) => sessionToken(token as unknown as SessionCookie, maxAgeSeconds),
      decode: async ({ token }) => (token ? { ...(await parseSessionToken(token)) } : null),
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: { name: cookieName("session"), options: cookie },
      csrfToken: { name: cookieName("csrf"), options: cookie },
      callbackUrl: { name: cookieName("callback"), options: cookie },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials) {
          const session = await begin({ email: credentials?.email ?? "", password: credentials?.password ?? "" });
          return session && { id: session.sessionId, accountId: session.accountId };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { sessionId: user.id, accountId: (user as { accountId?: string }).accountId } : token,
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}
