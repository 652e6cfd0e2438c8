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

/** What a request asks of this process: a file that is sent as it is, work, or a socket. */
export type Kind = "file" | "work" | "upgrade";
type Limits = Readonly<Record<Kind, Limit>>;

const per10s = (file: number, work: number, upgrade: number): Limits => ({
  file: { points: file, seconds: 10 },
  work: { points: work, seconds: 10 },
  upgrade: { points: upgrade, seconds: 10 },
});

/**
 * A party is a login or a browser that signed in lately, identified by its signed cookie and without asking the database, or the
 * address of strangers.
 * Strangers whose address tells nothing are one party. The last column counts all strangers, whatever their addresses.
 */
const perLogin = per10s(3_000, 600, 200);
const perAddress = per10s(3_000, 300, 300);
const allStrangers = per10s(30_000, 1_500, 3_000);

/** Requests of one party that are not answered yet, or whose answer is not read yet. */
const openAtMost = 64;
/** Requests of one party, and of all strangers together, that are worked on at once. The others wait. */
const atOnce = 8;
const strangersAtMost = 1_000;
/** A turn shares the processor: reading the answer slowly must not hold it. */
const turnMs = 250;

/** Who asks, as far as can be told without asking the database. */
export interface Party {
  key: string;
  isStranger: boolean;
}

/** What one party has open. */
interface Open {
  responses: Set<ServerResponse>;
  turns: Turns;
}

const everybody = "everybody";
const opened = () => once("open-requests", () => new Map<string, Open>());
const strangers = () =>
  once("strangers", () => {
    const ofAll = strangersAtMost * env().limitFactor;
    return makeTurns({ atOnce, ofOne: ofAll, ofAll });
  });

/** The answers that are not written or not read yet, by party. */
export function openResponses(): Set<ServerResponse>[] {
  return [...opened().values()].map(({ responses }) => responses);
}

export async function partyOf(request: IncomingMessage): Promise<Party> {
  const login = await loginFrom(request.headers.cookie);
  if (login) return { key: login.accountId, isStranger: false };
  // Signed out, but no stranger: whoever asks too much from the same address must not keep it from signing in again.
  const device = await deviceIdFrom(request.headers.cookie);
  if (device) return { key: device, isStranger: false };
  const address = limitKeyOf(addressOf(request));
  if (address === null) hintAtProxy(request);
  return { key: address ?? everybody, isStranger: true };
}

/** Counts a request, by whatever door. Throws `rate_limited` with the time to wait when its party asks too often. */
export async function countRequest({ key, isStranger }: Party, kind: Kind): Promise<void> {
  if (isStranger) await take(everybody, kind, allStrangers);
  if (key !== everybody) await take(key, kind, isStranger ? perAddress : perLogin);
}

async function take(key: string, kind: Kind, limits: Limits): Promise<void> {
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
 * Counts a request and keeps it open until its answer has left this process. Throws `rate_limited`. Resolves to what
 * takes its turn to be worked on, which resolves to what ends that turn. A file takes no place and no turn.
 */
export async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  kind: Kind,
): Promise<() => Promise<() => void>> {
  const party = await partyOf(request);
  await countRequest(party, kind);
  if (kind === "file") return async () => () => {};
  const { turns } = open(party, response);
  return async () => {
    const ends = [await turns.take({ key: null })];
    const end = () => {
      for (const each of ends) each();
      forget(party);
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

function open(party: Party, response: ServerResponse): Open {
  // It may have ended while its party was looked for: then nothing would ever take it out again.
  if (response.req.socket.destroyed) throw new AppError("invalid_input", "The request was cut off.");
  const { key } = party;
  const most = (key === everybody ? strangersAtMost : openAtMost) * env().limitFactor;
  let mine = opened().get(key);
  if (!mine) {
    mine = { responses: new Set(), turns: makeTurns({ atOnce, ofOne: most, ofAll: most }) };
    opened().set(key, mine);
  }
  const { responses } = mine;
  if (responses.size >= most) throw new AppError("rate_limited", undefined, undefined, 1_000);
  responses.add(response);
  response.once("close", () => {
    responses.delete(response);
    forget(party);
  });
  return mine;
}

/** A party of which nothing is open, waits or is worked on. */
function forget({ key }: Party): void {
  const mine = opened().get(key);
  if (mine && mine.responses.size === 0 && mine.turns.isIdle()) opened().delete(key);
}

/** Said once: behind a proxy that is not named, there are no limits for each address. */
function hintAtProxy(request: IncomingMessage): void {
  if (request.headers["x-forwarded-for"] === undefined) return;
  once("proxy-hint", () => {
    log().warn(
      "Requests come through a proxy that TRUSTED_PROXIES doesn't name, so everyone seems to have the same address. If there is one proxy, set TRUSTED_PROXIES=1.",
    );
    return true;
  });
}
