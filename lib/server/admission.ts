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

/** `file` is a static file, `upgrade` a WebSocket handshake, `work` every other request: pages and the API. */
export type RequestKind = "file" | "work" | "upgrade";
type Limits = Readonly<Record<RequestKind, Limit>>;

const per10s = (file: number, work: number, upgrade: number): Limits => ({
  file: { points: file, seconds: 10 },
  work: { points: work, seconds: 10 },
  upgrade: { points: upgrade, seconds: 10 },
});

/** Limits for a party (a sender of requests) with a signed cookie: an account, or a browser that signed in recently. */
const perCookie = per10s(3_000, 600, 200);
/** Limits for a stranger: a party without such a cookie, identified by its address. */
const perAddress = per10s(3_000, 300, 300);
/** Limit for all strangers together. */
const perAllStrangers = per10s(30_000, 1_500, 3_000);

/** How many requests of one party may be open. A request is open until the client has received its answer. */
const maxOpen = 64;
/** How many requests of one party run at once, and also how many of all strangers together. Other requests wait for a turn. */
const maxConcurrent = 8;
/** Limits both how many requests of strangers may wait, and how many from unknown addresses may be open. */
const maxStrangerRequests = 1_000;
/** A turn lasts at most this long, so that a client that reads its answer slowly does not delay other requests. */
const turnMs = 250;

/** The sender of a request, identified without a database query. */
export interface Party {
  key: string;
  isStranger: boolean;
}

/** The open requests of one party. */
interface PartyRequests {
  responses: Set<ServerResponse>;
  turns: Turns;
}

/** The key under which all strangers are counted together. */
const allStrangersKey = "every stranger";
/** The key of all strangers whose address identifies nobody; see `limitKeyOf`. */
const unknownAddress = "unknown address";

/** Keyed by `Party.key`. */
const openRequests = () => once("open-requests", () => new Map<string, PartyRequests>());
const strangerTurns = () =>
  once("strangers", () => {
    const maxWaiting = maxStrangerRequests * env().limitFactor;
    return makeTurns({ maxConcurrent, maxWaitingPerKey: maxWaiting, maxWaiting });
  });

/** The responses of all open requests, one set for each party. */
export function openResponses(): Set<ServerResponse>[] {
  return [...openRequests().values()].map(({ responses }) => responses);
}

/** Finds the sender of a request: the account, else the browser, else the address. */
export async function partyOf(request: IncomingMessage): Promise<Party> {
  const login = await loginFrom(request.headers.cookie);
  if (login) return { key: login.accountId, isStranger: false };
  // A browser that signed in recently must be able to sign in again, even while others at its address flood the server.
  const device = await deviceIdFrom(request.headers.cookie);
  if (device) return { key: device, isStranger: false };
  const address = limitKeyOf(addressOf(request));
  if (address === null) warnOfProxy(request);
  return { key: address ?? unknownAddress, isStranger: true };
}

/** Counts a request. Throws `rate_limited`, with the time to wait, if its party sends too many. */
export async function countRequest({ key, isStranger }: Party, kind: RequestKind): Promise<void> {
  if (isStranger) await takePoint(allStrangersKey, kind, perAllStrangers);
  if (key !== unknownAddress) await takePoint(key, kind, isStranger ? perAddress : perCookie);
}

async function takePoint(key: string, kind: RequestKind, limits: Limits): Promise<void> {
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
 * Counts a request, and tracks it until its response closes. Throws `rate_limited` if its party sends too many requests or has
 * too many open, and `invalid_input` if the connection has closed. Returns a function that waits for the request's turn: await it
 * before processing the request. It resolves to a function that ends the turn, or throws `busy` if too many requests are waiting.
 * Requests for files are only counted.
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
    const endTurns = [await turns.take({ key: null })];
    const endTurnsOfRequest = () => {
      for (const endTurn of endTurns) endTurn();
      dropIfIdle(party);
    };
    try {
      if (party.isStranger) endTurns.push(await strangerTurns().take({ key: party.key }));
    } catch (error) {
      endTurnsOfRequest();
      throw error;
    }
    const timer = setTimeout(endTurnsOfRequest, turnMs);
    return () => {
      clearTimeout(timer);
      endTurnsOfRequest();
    };
  };
}

function track(party: Party, response: ServerResponse): PartyRequests {
  // After the connection has closed, no `close` event would remove the response from the set.
  if (response.req.socket.destroyed) throw new AppError("invalid_input", "The request was cut off.");
  const { key } = party;
  const openLimit = (key === unknownAddress ? maxStrangerRequests : maxOpen) * env().limitFactor;
  let partyRequests = openRequests().get(key);
  if (!partyRequests) {
    partyRequests = {
      responses: new Set(),
      turns: makeTurns({ maxConcurrent, maxWaitingPerKey: openLimit, maxWaiting: openLimit }),
    };
    openRequests().set(key, partyRequests);
  }
  const { responses } = partyRequests;
  if (responses.size >= openLimit) throw new AppError("rate_limited", undefined, undefined, 1_000);
  responses.add(response);
  response.once("close", () => {
    responses.delete(response);
    dropIfIdle(party);
  });
  return partyRequests;
}

/** Deletes a party that has no open request and no turn that runs or waits. */
function dropIfIdle({ key }: Party): void {
  const partyRequests = openRequests().get(key);
  if (partyRequests && partyRequests.responses.size === 0 && partyRequests.turns.isIdle()) openRequests().delete(key);
}

/** Warns once about a proxy that TRUSTED_PROXIES does not name. All clients behind it share one address. */
function warnOfProxy(request: IncomingMessage): void {
  if (request.headers["x-forwarded-for"] === undefined) return;
  once("proxy-hint", () => {
    log().warn(
      "Requests come through a proxy that TRUSTED_PROXIES doesn't name, so everyone seems to have the same address. If there is one proxy, set TRUSTED_PROXIES=1.",
    );
    return true;
  });
}
