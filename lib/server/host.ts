import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { isLoopbackName } from "@/lib/contract/loopback";
import { peerOf } from "./address";
import { AppError } from "./app-error";
import { env } from "./env";
import { once } from "./once";
import { networkAddress } from "./reach";

/** The name in a Host header, without its port and in one spelling; null when it is none. */
function nameIn(host: string | undefined): string | null {
  if (!host || /[\s/?#@\\]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, "");
}

const withoutBrackets = (name: string) => name.replace(/^\[|\]$/g, "");

/** What people on the same network may call this machine, and the address it listens on. */
const ownNames = () =>
  once("own-names", () => {
    const full = hostname().toLowerCase();
    const short = full.split(".")[0] as string;
    return new Set([env().host.toLowerCase(), full, short, `${short}.local`]);
  });

/**
 * Whether a request was sent to a name of ours. A site that lets its own name point to this server (DNS rebinding) is the
 * page's own origin to a browser; its name in the Host header is the one thing that tells it. Nobody rebinds an IP address.
 */
export function isOwnHost(host: string | undefined): boolean {
  const name = nameIn(host);
  if (name === null) return false;
  const { publicUrl, publicUrlGiven } = env();
  if (publicUrlGiven) return name === publicUrl.hostname;
  return isLoopbackName(name) || isIP(withoutBrackets(name)) !== 0 || ownNames().has(name);
}

const forwarding = ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"];

/** Whether a request comes from this machine, is meant for it, and nothing says that it was passed on. */
export function isLocal(request: IncomingMessage): boolean {
  const name = nameIn(request.headers.host);
  return (
    isLoopbackName(peerOf(request)) &&
    name !== null &&
    isLoopbackName(name) &&
    forwarding.every((header) => request.headers[header] === undefined)
  );
}

/**
 * The refusal of what was sent to a name, or by a page, that is not ours. It says which address to open instead, because
 * whoever reads it has most likely opened the wrong one: wherever a page shows it, that address is a link.
 */
export function wrongAddress(): AppError {
  const { publicUrlGiven } = env();
  const at = whereToGo();
  const help = publicUrlGiven ? "" : " Whoever runs this server can allow this address by setting PUBLIC_URL.";
  const sentence = `Parley doesn't answer at this address. Open ${at} instead.${help}`;
  return new AppError("forbidden", sentence, undefined, undefined, at);
}

/** An address that answers. Without `PUBLIC_URL`, one that leads here from other machines too, where they can come. */
function whereToGo(): string {
  const { publicUrl, publicUrlGiven, host, port } = env();
  const own = publicUrlGiven || isLoopbackName(host) ? null : networkAddress(networkInterfaces());
  return own ? `http://${own}:${port}` : publicUrl.origin;
}
