import { BlockList, isIP } from "node:net";
import path from "node:path";
import { type OrganizationCreators, organizationCreators } from "@/lib/policy/organization";
import { once } from "./once";

export interface Proxies {
  hops: number;
  listed: BlockList | null;
}

export interface Env {
  databaseUrl: string;
  /** Signs cookies; other secrets are derived from it. */
  authSecret: string;
  port: number;
  host: string;
  /**
   * The address at which browsers open this server. If PUBLIC_URL sets it (`publicUrlGiven`), requests from any other origin are
   * refused.
   */
  publicUrl: URL;
  publicUrlGiven: boolean;
  /** Whether this is our container image, which has a network of its own. */
  inImage: boolean;
  production: boolean;
  /** The folder for data that is not in the database, such as uploaded files. */
  dataDir: string;
  /** The proxies whose X-Forwarded-For is trusted: `hops` proxies with private addresses, or those in `listed`. */
  proxies: Proxies;
  /** Multiplies every rate limit; tests that are not about limits raise it. */
  limitFactor: number;
  /** A connection that makes no progress for this long is closed, in milliseconds. Tests shorten it. */
  patienceMs: number;
  logLevel: string;
  /** The most connections to Postgres that one process holds. */
  poolSize: number;
  /** The Redis server for the bus between processes. Null if Postgres is the bus. */
  redisUrl: string | null;
  /** The token that lets other machines read `/metrics`. Null if only this machine may read it. */
  metricsToken: string | null;
  /** The mail server; null if Parley sends no email. */
  smtpUrl: string | null;
  /** The sender of emails. */
  smtpFrom: string;
  /** Who may create another organization. */
  newOrganizations: OrganizationCreators;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set. \`npm start\` sets it; if you start dist/server.js yourself, set it too.`);
  return value;
}

function wholeNumber(name: string, fallback: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number.`);
  return value;
}

/** Parses TRUSTED_PROXIES: `2` (a number of proxies) or `203.0.113.7, 10.0.0.0/8` (their addresses). */
export function readProxies(text: string): Proxies {
  if (/^\d{1,2}$/.test(text)) return { hops: Number(text), listed: null };
  const listed = new BlockList();
  for (const entry of text.split(",")) {
    const [address = "", bits] = entry.trim().split("/");
    const version = isIP(address);
    const maxBits = version === 6 ? 128 : 32;
    if (version === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits)))
      throw new Error(
        `TRUSTED_PROXIES must be a number of proxies or a list of their addresses; "${entry}" is neither.`,
      );
    listed.addSubnet(address, Number(bits ?? maxBits), version === 6 ? "ipv6" : "ipv4");
  }
  return { hops: 0, listed };
}

/** Reads a secret. Attempts to guess it are not limited, so it must be long. */
function longSecret(name: string, minLength: number): string | null {
  const value = process.env[name] || null;
  if (value !== null && (value.length < minLength || /\p{Cc}/u.test(value)))
    throw new Error(
      `${name} must have at least ${minLength} characters in one line. To make one: \`openssl rand -base64 32\``,
    );
  return value;
}

function readSmtpUrl(text: string | null): string | null {
  // The message does not quote the URL, because it can contain a password.
  if (text !== null && !(URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol)))
    throw new Error("SMTP_URL must be an address such as smtp://user:password@mail.example.org:587.");
  return text;
}

function readCreators(text: string): OrganizationCreators {
  const creators = organizationCreators.find((each) => each === text);
  if (!creators) throw new Error(`NEW_ORGANIZATIONS must be one of ${organizationCreators.join(", ")}, not "${text}".`);
  return creators;
}

/** The host name in the URL of a server that listens on `host`. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return isIP(host) === 6 ? `[${host}]` : host;
}

/**
 * The settings of this process, read once. If a setting is missing or wrong, throws an error whose message is for the person who
 * starts the process.
 */
export function env(): Env {
  return once("env", () => {
    const port = wholeNumber("PORT", 3000);
    const host = process.env.HOST || "localhost";
    const publicUrl = new URL(process.env.PUBLIC_URL || `http://${urlHost(host)}:${port}`);
    return {
      databaseUrl: required("DATABASE_URL"),
      authSecret: longSecret("AUTH_SECRET", 32) ?? required("AUTH_SECRET"),
      port,
      host,
      publicUrl,
      publicUrlGiven: Boolean(process.env.PUBLIC_URL),
      inImage: process.env.PARLEY_IMAGE === "1",
      dataDir: path.resolve(process.env.DATA_DIR || ".data"),
      production: process.env.NODE_ENV === "production",
      proxies: readProxies(process.env.TRUSTED_PROXIES || "0"),
      limitFactor: wholeNumber("LIMIT_FACTOR", 1),
      patienceMs: wholeNumber("PATIENCE_MS", 30_000),
      logLevel: process.env.LOG_LEVEL || "info",
      poolSize: wholeNumber("DATABASE_POOL", 10),
      redisUrl: process.env.REDIS_URL || null,
      metricsToken: longSecret("METRICS_TOKEN", 20),
      smtpUrl: readSmtpUrl(process.env.SMTP_URL || null),
      smtpFrom: process.env.SMTP_FROM || `Parley <parley@${publicUrl.hostname}>`,
      newOrganizations: readCreators(process.env.NEW_ORGANIZATIONS || "owners"),
    };
  });
}
