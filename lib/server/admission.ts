import type { IncomingMessage, ServerResponse } from "node:http";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { Limit } from "@/lib/contract/operation";
import { addressOf, limitKeyOf } from "./address";
import { AppError } from "./app-error";
import { deviceIdFrom, loginFrom } from "./cookie";
import { env } from "./env";
import { log } from "./log";
import { metrics } from "./metrics";
import { once } from "./once";
import { makeTurns, type Turns } from "./turns";

/** What a request asks for: a static file, work, or a WebSocket. */
export type RequestKind = "file" | "work" | "upgrade";
type Limits = Readonly<Record<RequestKind, Limit>>;

const per10s = (file: number, work: number, upgrade: number): Limits => ({
  file: { points: file, seconds: 10 },
  work: { points: work, seconds: 10 },
  upgrade: { points: upgrade, seconds: 10 },
});

/**
 * Requests in 10 s of one party. A party is an account or a browser that signed in recently, identified by a signed cookie
 * and without a query; or else an address. `allStrangers` counts unknownAddress without such a cookie together.
 */
const perCookie = per10s(3_000, 600, 200);
const perAddress = per10s(3_000, 300, 300);
const allStrangers = per10s(30_000, 1_500, 3_000);

/** Requests of one party whose answer has not been written and read yet. */
const openAtMost = 64;
/** Requests of one party, and of all strangers together, that are processed at once. The others wait. */
const atOnce = 8;
const strangersAtMost = 1_000;
/** A turn ends after this long, so that a client that reads its answer slowly does not hold it. */
const turnMs = 250;

/** Who makes a request, as far as is known without a query. */
export interface Party {
  key: string;
  isStranger: boolean;
}

/** What one party has in progress. */
interface InProgress {
  responses: Set<ServerResponse>;
  turns: Turns;
}

/** Keys: of the limit for all strangers together, and of the party of those whose address identifies nobody. */
const everyStranger = "every stranger";
const unknownAddress = "unknown address";
const inProgress = () => once("open-requests", () => new Map<string, InProgress>());
const strangers = () =>
  once("strangers", () => {
    const ofAll = strangersAtMost * env().limitFactor;
    return makeTurns({ atOnce, ofOne: ofAll, ofAll });
  });

/** The responses that have not been written and read yet, one set for each party. */
export function openResponses(): Set<ServerResponse>[] {
  return [...inProgress().values()].map(({ responses }) => responses);
}

export async function partyOf(request: IncomingMessage): Promise<Party> {
  const login = await loginFrom(request.headers.cookie);
  if (login) return { key: login.accountId, isStranger: false };
  // Signed out, but it signed in recently: a flood from the same address must not keep it from signing in again.
  const device = await deviceIdFrom(request.headers.cookie);
  if (device) return { key: device, isStranger: false };
  const address = limitKeyOf(addressOf(request));
  if (address === null) warnOfProxy(request);
  return { key: address ?? unknownAddress, isStranger: true };
}

/** Counts a request. Throws `rate_limited`, with the time to wait, when its party sends too many. */
export async function countRequest({ key, isStranger }: Party, kind: RequestKind): Promise<void> {
  if (isStranger) await take(everyStranger, kind, allStrangers);
  if (key !== unknownAddress) await take(key, kind, isStranger ? perAddress : perCookie);
}

async function take(key: string, kind: RequestKind, limits: Limits): Promise<void> {
  const { points, seconds } = limits[kind];
  const limiter = once(
    `requests:${kind}:${points}`,
    () => new RateLimiterMemory({ points: points * env().limitFactor, duration: seconds }),
  );
  try {
    await limiter.consume(key);
  } catch (refused) {
    metrics().rateLimited.inc({ limit: `requests.${kind}` });
    throw new AppError("rate_limited", undefined, undefined, Math.max(1, (refused as RateLimiterRes).msBeforeNext));
  }
}

/**
 * Counts a request, and tracks it until its response closes. Throws `rate_limited`. Resolves to a function that waits for
 * the request's turn and resolves to a function that ends the turn. Files are only counted, and need no turn.
 */
export async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  kind: RequestKind,
): Promise<() => Promise<() => void>> {
  const party = await partyOf(request);
  await countRequest(party, kind);
  if (kind === "file") return async () => () => {};
  const { turns } = track(party, response);
  return async () => {
    const ends = [await turns.take({ key: null })];
    const end = () => {
      for (const each of ends) each();
      forgetIdle(party);
    };
    try {
      if (party.isStranger) ends.push(await strangers().take({ key: party.key }));
    } catch (error) {
      end();
      throw error;
    }
    const timer = setTimeout(end, turnMs);
    return () => {
      clearTimeout(timer);
      end();
    };
  };
}

function track(party: Party, response: ServerResponse): InProgress {
  // A response that has closed already would never be removed again.
  if (response.req.socket.destroyed) throw new AppError("invalid_input", "The request was cut off.");
  const { key } = party;
  const most = (key === unknownAddress ? strangersAtMost : openAtMost) * env().limitFactor;
  let ofParty = inProgress().get(key);
  if (!ofParty) {
    ofParty = { responses: new Set(), turns: makeTurns({ atOnce, ofOne: most, ofAll: most }) };
    inProgress().set(key, ofParty);
  }
  const { responses } = ofParty;
  if (responses.size >= most) throw new AppError("rate_limited", undefined, undefined, 1_000);
  responses.add(response);
  response.once("close", () => {
    responses.delete(response);
    forgetIdle(party);
  });
  return ofParty;
}

/** Forgets a party that has nothing in progress. */
function forgetIdle({ key }: Party): void {
  const ofParty = inProgress().get(key);
  if (ofParty && ofParty.responses.size === 0 && ofParty.turns.isIdle()) inProgress().delete(key);
}

/** Warns once about a proxy that TRUSTED_PROXIES does not name, because all its clients share one address. */
function warnOfProxy(request: IncomingMessage): void {
  if (request.headers["x-forwarded-for"] === undefined) return;
  once("proxy-hint", () => {
    log().warn(
      "Requests come through a proxy that TRUSTED_PROXIES doesn't name, so everyone seems to have the same address. If there is one proxy, set TRUSTED_PROXIES=1.",
    );
    return true;
  });
}
