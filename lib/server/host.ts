import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { isLoopbackName } from "@/lib/contract/loopback";
import { peerOf } from "./address";
import { AppError } from "./app-error";
import { env } from "./env";
import { once } from "./once";
import { networkAddress } from "./reach";

/** The name in a Host header, normalized and without the port; null if it is malformed. */
function hostName(host: string | undefined): string | null {
  if (!host || /[\s/?#@\\]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, "");
}

const withoutBrackets = (name: string) => name.replace(/^\[|\]$/g, "");

/** The names of this machine in its network, and the address it listens on. */
const ownNames = () =>
  once("own-names", () => {
    const fullName = hostname().toLowerCase();
    const short = fullName.split(".")[0] as string;
    return new Set([env().host.toLowerCase(), fullName, short, `${short}.local`]);
  });

/**
 * Whether a Host header is one of our names. Otherwise another site could point its own name at this server (DNS rebinding), and
 * a browser would let that site's pages read our answers. IP addresses cannot be rebound, so they are accepted.
 */
export function isOwnHost(host: string | undefined): boolean {
  const name = hostName(host);
  if (name === null) return false;
  const { publicUrl, publicUrlGiven } = env();
  if (publicUrlGiven) return name === publicUrl.hostname;
  return isLoopbackName(name) || isIP(withoutBrackets(name)) !== 0 || ownNames().has(name);
}

const proxyHeaders = ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"];

/** Whether a request comes from this machine, to a loopback name, and apparently without a proxy. */
export function isLocal(request: IncomingMessage): boolean {
  const name = hostName(request.headers.host);
  return (
    isLoopbackName(peerOf(request)) &&
    name !== null &&
    isLoopbackName(name) &&
    proxyHeaders.every((header) => request.headers[header] === undefined)
  );
}

/**
 * The error for a request to a Host, or from an Origin, that is not ours. Most likely a person opened the wrong address, so the
 * message says which address to open instead. Pages show that address as a link.
 */
export function wrongAddress(): AppError {
  const { publicUrlGiven } = env();
  const address = reachableAddress();
  const help = publicUrlGiven ? "" : " Whoever runs this server can allow this address by setting PUBLIC_URL.";
  const sentence = `Parley doesn't answer at this address. Open ${address} instead.${help}`;
  return new AppError("forbidden", sentence, undefined, undefined, address);
}

/** An address that works: PUBLIC_URL, or one that other machines can use if this server listens to them. */
function reachableAddress(): string {
  const { publicUrl, publicUrlGiven, host, port } = env();
  const own = publicUrlGiven || isLoopbackName(host) ? null : networkAddress(networkInterfaces());
  return own ? `http://${own}:${port}` : publicUrl.origin;
}
