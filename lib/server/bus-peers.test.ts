import { beforeEach, expect, it } from "vitest";
import { BusPeers } from "./bus-peers";

let now: number;
let peers: BusPeers;
beforeEach(() => {
  now = 5_000;
  peers = new BusPeers(() => now);
});

/** Each of these processes is heard every two seconds, as this one is, for some seconds. */
function heard(names: string[], seconds: number): void {
  for (const end = now + seconds * 1_000; now < end; ) {
    now += 2_000;
    peers.busIsHeard();
    for (const name of names) peers.hear(name);
  }
}

it("A process that is silent while the others are heard has stopped", () => {
  heard(["one", "two"], 10);
  heard(["one"], 20);
  expect(peers.silent()).toEqual([]);
  heard(["one"], 2);
  expect(peers.silent()).toEqual(["two"]);
  expect([peers.forget("two"), peers.forget("two"), peers.size]).toEqual([true, false, 1]);
  expect([peers.hear("two"), peers.hear("two")]).toEqual([true, false]);
});

it.each([11.7, 60, 3_600])("Nobody has stopped because the bus was silent for %d seconds", (seconds) => {
  heard(["one", "two"], 10);
  now += seconds * 1_000;
  expect(peers.silent()).toEqual([]);
  // This process hears itself first, and the others once they are connected to the bus again.
  heard([], 16);
  expect(peers.silent()).toEqual([]);
  heard(["one"], 2);
  heard(["one"], 2);
  expect(peers.silent()).toEqual(["two"]);
});

it("Nobody has stopped because this process was suspended", () => {
  heard(["one"], 10);
  now += 60_000;
  peers.busIsHeard();
  expect(peers.silent()).toEqual([]);
});
