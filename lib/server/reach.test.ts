import type { NetworkInterfaceInfo } from "node:os";
import { expect, it } from "vitest";
import { networkAddress, reach } from "./reach";

function at(address: string, family: "IPv4" | "IPv6" = "IPv4", internal = false) {
  return { address, family, internal } as NetworkInterfaceInfo;
}
const house = { lo: [at("127.0.0.1", "IPv4", true)], eth0: [at("fd00::2", "IPv6"), at("192.168.1.24")] };
const settings = (host: string, url?: string, port = 3000) => ({
  host,
  port,
  publicUrl: new URL(url ?? `http://${host === "0.0.0.0" ? "localhost" : host}:${port}`),
  publicUrlGiven: url !== undefined,
});

it("The address in a house or an office goes before others, and those inside the machine are none", () => {
  expect(networkAddress({ eth0: [at("203.0.113.7")], wlan0: [at("10.0.0.5")] })).toBe("10.0.0.5");
  expect(networkAddress({ docker0: [at("172.17.0.1")], eth0: [at("203.0.113.7")] })).toBe("203.0.113.7");
  expect(networkAddress({ en0: [at("169.254.3.4")], lo: [at("127.0.0.1", "IPv4", true)] })).toBeNull();
});

it("A server for this machine alone says with what to start it for others", () => {
  const command = "HOST=0.0.0.0 PUBLIC_URL=http://192.168.1.24:3000 npm start";
  expect(reach(settings("localhost"), house)).toEqual({ address: null, command });
  expect(reach(settings("127.0.0.1", "http://localhost:3000"), house)).toEqual({ address: null, command });
  expect(reach(settings("localhost", undefined, 4000), house).command).toBe(
    "PORT=4000 HOST=0.0.0.0 PUBLIC_URL=http://192.168.1.24:4000 npm start",
  );
});

it("A server that listens for others says where they find it", () => {
  expect(reach(settings("0.0.0.0"), house)).toEqual({ address: "http://192.168.1.24:3000", command: null });
  expect(reach({ ...settings("0.0.0.0"), inImage: true }, house)).toEqual({ address: null, command: null });
  expect(reach(settings("192.168.1.24"), house)).toEqual({ address: "http://192.168.1.24:3000", command: null });
});

it("A server that was told its address believes it", () => {
  const address = "https://chat.example.org";
  expect(reach(settings("127.0.0.1", address), house)).toEqual({ address, command: null });
});

it("A server that cannot know says nothing", () => {
  const nothing = { address: null, command: null };
  expect(reach(settings("localhost"), {})).toEqual(nothing);
  expect(reach(settings("0.0.0.0", "http://localhost:3000"), house)).toEqual(nothing);
});
