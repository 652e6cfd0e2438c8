import { NextRequest } from "next/server";
import type { NextAuthOptions } from "next-auth";
import NextAuth from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { errorStatus } from "@/lib/contract/errors";
import type { Caller } from "./actor";
import { AppError, toFailure } from "./app-error";
import { callerFrom } from "./caller";
import { type LoginCookie, loginToken, parseLoginToken, rememberDevice } from "./cookie";
import { cookieName } from "./cookie-name";
import { env } from "./env";
import { readText, respond } from "./rest";

/** The functions of the domain that begin and end logins. */
export interface LoginCommands {
  /** Checks an email address and a password, and begins a login. Null if they do not match. */
  begin: (credentials: { email: string; password: string }, caller: Caller) => Promise<LoginCookie | null>;
  /** Ends a login with all its sessions. */
  end: (loginId: string) => Promise<void>;
}

/** The routes of next-auth that our pages use. All others answer 404. */
const usedRoutes: ReadonlySet<string> = new Set(["GET csrf", "POST callback/credentials", "POST signout"]);

const maxAgeSeconds = 90 * 24 * 3_600;
/** The form contains only an email address, a password and a token. */
const maxFormBytes = 16_384;

/** Creates the route handler of `app/api/auth/[...nextauth]/route.ts`. */
export function authRoute(commands: LoginCommands) {
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

/** A copy of the request with only what next-auth needs: three fields of the form, and no query. */
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
  { begin, end }: LoginCommands,
): Promise<Response> {
  const outcome: { login: LoginCookie | null; error?: unknown } = { login: null };
  // An error must not reach next-auth, which would show it to the client.
  const beginLogin = async (credentials: { email: string; password: string }) => {
    try {
      outcome.login = await begin(credentials, caller);
    } catch (error) {
      outcome.error = error;
    }
    return outcome.login;
  };
  const response = (await NextAuth(request as never, context as never, options(beginLogin))) as Response;
  if (outcome.error) return refusal(outcome.error, caller.requestId);
  if (outcome.login)
    response.headers.append("set-cookie", await rememberDevice(caller.cookies ?? null, outcome.login.accountId));
  // The browser had another login, and this response replaces or deletes its cookie. So end that login. If this throws, the
  // response is not sent, and the browser keeps the cookie.
  if (caller.login && (outcome.login || deletesSessionCookie(response))) await end(caller.login.loginId);
  return response;
}

/** The answer if checking the password threw an error. next-auth's client reads the error from `url`. */
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
  begin: (credentials: { email: string; password: string }) => Promise<LoginCookie | null>,
): NextAuthOptions {
  const secure = env().publicUrl.protocol === "https:";
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    secret: env().authSecret,
    // The token only names a `Login` row. The login's `Session` rows decide whether it is still valid.
    session: { strategy: "jwt", maxAge: maxAgeSeconds },
    jwt: {
      maxAge: maxAgeSeconds,
      encode: ({ token }) => loginToken(token as unknown as LoginCookie, maxAgeSeconds),
      decode: async ({ token }) => (token ? { ...(await parseLoginToken(token)) } : null),
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
          const login = await begin({ email: credentials?.email ?? "", password: credentials?.password ?? "" });
          return login && { id: login.loginId, accountId: login.accountId };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { loginId: user.id, accountId: (user as { accountId?: string }).accountId } : token,
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}
