import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { env, type Proxies } from "./env";
import { once } from "./once";

/** The private address ranges: this machine, its network and nearby proxies. */
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
    const privateList = new BlockList();
    for (const [start, bits] of privateRanges) privateList.addSubnet(start, bits, family(start));
    return privateList;
  });
  return contains(list, address);
}

/** Normalizes an address from Node or a proxy: no port, brackets, zone or IPv4 mapping. Returns "" if it is malformed. */
function normalize(written: string): string {
  const text = written.trim().slice(0, 64);
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) ? address : "";
}

/** The parts of a request that contain its address. */
export interface AddressedRequest {
  socket: { remoteAddress?: string | undefined };
  headers: IncomingMessage["headers"];
}

/** The address of the machine at the other end of the connection. */
export function peerOf({ socket }: Pick<AddressedRequest, "socket">): string {
  return normalize(socket.remoteAddress ?? "");
}

/**
 * The address of the client that sent a request. Clients can forge X-Forwarded-For, so only the entries that our proxies appended
 * count. If TRUSTED_PROXIES is a number `n` and the peer has a private address, the client is the `n`th entry from the end. If it
 * is a list that contains the peer, the client is the last entry that is not in the list. Otherwise, the client is the peer.
 */
export function addressOf(request: AddressedRequest, { hops, listed }: Proxies = env().proxies): string {
  const peer = peerOf(request);
  if (hops === 0 && !listed) return peer;
  // Read only the end of a long header: no real chain of proxies is longer.
  const chain = String(request.headers["x-forwarded-for"] ?? "")
    .slice(-2_000)
    .split(",")
    .map(normalize);
  if (!listed) return (isPrivate(peer) && chain.at(-hops)) || peer;
  let address = peer;
  while (contains(listed, address) && chain.at(-1)) address = chain.pop() as string;
  return address;
}

/**
 * The key for rate limits by address. For IPv6 it is the /64 network, which belongs to one subscriber. Null if the address
 * identifies nobody: behind a proxy that TRUSTED_PROXIES does not name, all clients have the same private address.
 */
export function limitKeyOf(address: string, { hops, listed }: Proxies = env().proxies): string | null {
  if (address === "" || (hops === 0 && !listed && isPrivate(address))) return null;
  return isIP(address) === 6 ? `${firstHalf(address)}::/64` : address;
}

/** The key for limits of a peer's connections. Null if the peer may be a proxy. */
export function peerKeyOf(peer: string, proxies: Proxies = env().proxies): string | null {
  const mayBeProxy = isPrivate(peer) || (proxies.listed !== null && contains(proxies.listed, peer));
  return mayBeProxy ? null : limitKeyOf(peer, proxies);
}

/** The first 64 bits of an IPv6 address, without leading zeros. */
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
