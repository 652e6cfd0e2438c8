import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { env, type Proxies } from "./env";
import { once } from "./once";

/** Addresses that no stranger on the internet has: this machine, its network, and proxies beside it. */
const privateRanges = [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const;

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

const contains = (list: BlockList, address: string) => isIP(address) !== 0 && list.check(address, family(address));

function isPrivate(address: string): boolean {
  const list = once("private-ranges", () => {
    const made = new BlockList();
    for (const [start, bits] of privateRanges) made.addSubnet(start, bits, family(start));
    return made;
  });
  return contains(list, address);
}

/** An address as Node or a proxy writes it, without port, brackets, zone and IPv4 mapping; "" when it is none. */
function plain(given: string): string {
  const text = given.trim().slice(0, 64);
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) ? address : "";
}

/** What tells the address of a request. */
export interface Asking {
  socket: { remoteAddress?: string | undefined };
  headers: IncomingMessage["headers"];
}

/** The address of the machine at the other end of the connection. */
export function peerOf({ socket }: Pick<Asking, "socket">): string {
  return plain(socket.remoteAddress ?? "");
}

/**
 * The address a request comes from. X-Forwarded-For is believed only as far as proxies of ours wrote it: as many
 * entries from its end as `TRUSTED_PROXIES` counts, when the peer has a private address, or as long as the next
 * address is on the list that `TRUSTED_PROXIES` names.
 */
export function addressOf(request: Asking, { hops, listed }: Proxies = env().proxies): string {
  const peer = peerOf(request);
  if (hops === 0 && !listed) return peer;
  // A header of 16 KiB holds some thousand entries; no chain of proxies is that long.
  const chain = String(request.headers["x-forwarded-for"] ?? "")
    .slice(-2_000)
    .split(",")
    .map(plain);
  if (!listed) return (isPrivate(peer) && chain.at(-hops)) || peer;
  let address = peer;
  while (contains(listed, address) && chain.at(-1)) address = chain.pop() as string;
  return address;
}

/**
 * The key by which an address is counted: IPv6 by its /64, which one subscriber has. Null when addresses tell nobody
 * apart: behind a proxy that `TRUSTED_PROXIES` does not name, everybody comes from one private address.
 */
export function limitKeyOf(address: string, { hops, listed }: Proxies = env().proxies): string | null {
  if (address === "" || (hops === 0 && !listed && isPrivate(address))) return null;
  return isIP(address) === 6 ? `${firstHalf(address)}::/64` : address;
}

/** The key by which connections of a peer are counted, or null for one that may be a proxy. */
export function peerKeyOf(peer: string, proxies: Proxies = env().proxies): string | null {
  const mayBeProxy = isPrivate(peer) || (proxies.listed !== null && contains(proxies.listed, peer));
  return mayBeProxy ? null : limitKeyOf(peer, proxies);
}

function firstHalf(address: string): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail !== undefined) {
    const after = tail.split(":").filter(Boolean).length + (tail.includes(".") ? 1 : 0);
    while (groups.length < 8 - after && groups.length < 4) groups.push("0");
    groups.push(...tail.split(":").filter(Boolean));
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
