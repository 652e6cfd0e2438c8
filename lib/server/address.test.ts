import { expect, test } from "vitest";
import { addressOf, limitKeyOf, peerKeyOf } from "./address";
import { readProxies } from "./env";

const asked = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
});

test.each([
  ["no proxy named, the header is not believed", "0", "127.0.0.1", "203.0.113.9", "127.0.0.1"],
  ["one proxy, its own entry is", "1", "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
  ["two proxies, the entry before the last is", "2", "10.0.0.2", "198.51.100.1, 203.0.113.9, 10.0.0.3", "203.0.113.9"],
  ["one proxy and no header, the peer is", "1", "10.0.0.2", undefined, "10.0.0.2"],
  ["two proxies and one entry, the peer is", "2", "10.0.0.2", "203.0.113.9", "10.0.0.2"],
  ["one proxy, but the peer comes from the internet", "1", "198.51.100.7", "203.0.113.9", "198.51.100.7"],
  ["a listed peer on the internet", "198.51.100.0/24", "198.51.100.7", "203.0.113.9", "203.0.113.9"],
  ["a peer that is not listed", "198.51.100.0/24", "127.0.0.1", "203.0.113.9", "127.0.0.1"],
  ["two listed proxies", "10.0.0.0/8", "10.0.0.2", "1.2.3.4, 203.0.113.9, 10.0.0.3", "203.0.113.9"],
  ["an entry with a port", "1", "::ffff:127.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
  ["an entry in brackets", "1", "::1", "[2001:db8::1]:4711", "2001:db8::1"],
  ["an entry that is no address", "1", "127.0.0.1", "'; DROP TABLE", "127.0.0.1"],
  ["an entry of 9,000 characters", "1", "127.0.0.1", "1".repeat(9_000), "127.0.0.1"],
])("With %s: %s, %s, %s", (_what, proxies, peer, forwarded, address) => {
  expect(addressOf(asked(peer, forwarded), readProxies(proxies))).toBe(address);
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::5:4:3:2:1", "2001:db8:0:5::/64"],
  ["::1", null],
  ["127.0.0.1", null],
  ["192.168.3.4", null],
  ["fd00::4", null],
  ["", null],
])("Without a proxy named, %s is counted as %s", (address, key) => {
  expect(limitKeyOf(address, readProxies("0"))).toBe(key);
});

test("Behind a proxy that is named, private addresses are people's own", () => {
  expect(limitKeyOf("192.168.3.4", readProxies("1"))).toBe("192.168.3.4");
});

test.each([
  ["127.0.0.1", "1", null],
  ["10.0.0.2", "0", null],
  ["198.51.100.7", "198.51.100.0/24", null],
  ["198.51.100.7", "1", "198.51.100.7"],
])("Connections of the peer %s with TRUSTED_PROXIES=%s are counted as %s", (peer, proxies, key) => {
  expect(peerKeyOf(peer, readProxies(proxies))).toBe(key);
});

test.each(["-1", "one", "10.0.0.0/33", "10.0.0.1,", "1.5"])("TRUSTED_PROXIES=%s is refused", (text) => {
  expect(() => readProxies(text)).toThrow(/TRUSTED_PROXIES must be/);
});
