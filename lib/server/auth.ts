import type { NextAuthOptions } from "next-auth";
import NextAuth from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { cookieName } from "./cookie";
import { env } from "./env";

/** Checks an e-mail and a password and begins a login; null when they do not match. */
export type Begin = (given: {
  email: string;
  password: string;
  address: string;
  userAgent: string;
}) => Promise<{ sessionId: string } | null>;

const maxAgeSeconds = 90 * 24 * 3_600;

function options(begin: Begin): NextAuthOptions {
  const secure = env().publicUrl.protocol === "https:";
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  const prefix = secure ? "__Host-" : "";
  return {
    secret: env().authSecret,
    // The token only names a Session row of ours: the row decides whether the login is still good.
    session: { strategy: "jwt", maxAge: maxAgeSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: { name: cookieName(), options: cookie },
      csrfToken: { name: `${prefix}parley.csrf`, options: cookie },
      callbackUrl: { name: `${prefix}parley.callback`, options: cookie },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given, request) {
          const headers = (request.headers ?? {}) as Record<string, string | undefined>;
          const begun = await begin({
            email: asText(given?.email),
            password: asText(given?.password),
            address: headers["x-parley-address"] ?? "",
            userAgent: headers["user-agent"] ?? "",
          });
          return begun ? { id: begun.sessionId } : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : token),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}

/** A body may hold anything, whatever next-auth's types say. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What `app/api/auth/[...nextauth]/route.ts` exports. */
export function authRoute(begin: Begin) {
  return (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => {
    // next-auth takes its own address from here and from nowhere a client could write to.
    process.env.NEXTAUTH_URL = env().publicUrl.origin;
    return NextAuth(request as never, context as never, options(begin));
  };
}
