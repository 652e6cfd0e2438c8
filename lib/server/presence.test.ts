import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PresenceEvent } from "@/lib/contract/events";
import { automaticPresence } from "@/lib/contract/presence-choice";
import type { Actor } from "./actor";
import { joinAudience, leaveAllAudiences, logKey, type ServerSocket } from "./audience";
import { applyChoice, beginLease, changeLease, endLease, renewLeaseOfSession, startPresence } from "./presence";
import { state } from "../../scripts/test/connections";

const hourMs = 3_600_000;
let organizationId: string;
/** A socket of the organization, and what it was told of each person. */
let watcher: ServerSocket;
let told: Map<string, unknown[]>;

beforeEach(() => {
  vi.useFakeTimers();
  organizationId = uuidv7();
  told = new Map();
  const write = (packet: string) => {
    const [, { people }] = JSON.parse(packet.slice(1)) as [string, PresenceEvent];
    for (const [id, seen] of Object.entries(people)) told.set(id, [...(told.get(id) ?? []), seen]);
  };
  const conn = { readyState: "open", transport: {}, write };
  watcher = { connected: true, conn, data: { actor: { role: "member" }, audiences: [] } } as unknown as ServerSocket;
  joinAudience(watcher, logKey("organization", organizationId));
  // Nothing here is about the times that are written to the database.
  state.set("pool", { query: () => Promise.resolve() });
  startPresence(() => Promise.resolve(new Set()));
});
afterEach(() => {
  leaveAllAudiences(watcher);
  for (const name of ["presence", "presence-batches", "bus", "pool"]) state.delete(name);
  vi.useRealTimers();
});

function newPerson(): Actor {
  return { organizationId, personId: uuidv7(), sessionId: uuidv7() } as Actor;
}
async function connect(): Promise<Actor> {
  const person = newPerson();
  beginLease(person, "socket", "active");
  applyChoice(person.personId, automaticPresence);
  await vi.advanceTimersByTimeAsync(100);
  expect(told.get(person.personId)).toEqual(["active"]);
  return person;
}

it("A clock that is put forward makes nobody offline who is connected", async () => {
  const { personId } = await connect();
  for (const ms of [60_000, 24 * hourMs]) {
    vi.setSystemTime(Date.now() + ms);
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(told.get(personId)).toEqual(["active"]);
});

it("A clock that is put back delays no news", async () => {
  const early = await connect();
  vi.setSystemTime(Date.now() - hourMs);
  await connect();
  endLease(early.personId, "socket");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told.get(early.personId)).toEqual(["active", null]);
});

it("A person who polls is present for half a minute after each time, whatever the clock says", async () => {
  const person = newPerson();
  for (const skew of [-hourMs, 0, hourMs]) {
    renewLeaseOfSession(person, "active");
    applyChoice(person.personId, automaticPresence);
    vi.setSystemTime(Date.now() + skew);
    await vi.advanceTimersByTimeAsync(25_000);
  }
  expect(told.get(person.personId)).toEqual(["active"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.get(person.personId)).toEqual(["active", null]);
});

it("Somebody who comes back before the news that they left is sent, and leaves again, is offline", async () => {
  const person = await connect();
  endLease(person.personId, "socket");
  // The sweep of the fourth second finds that the grace period is over. The news is sent 5 ms later.
  await vi.advanceTimersByTimeAsync(3_902);
  expect(told.get(person.personId)).toEqual(["active"]);
  beginLease(person, "again", "active");
  applyChoice(person.personId, automaticPresence);
  endLease(person.personId, "again");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.get(person.personId)).toEqual(["active", null]);
});

it("A request that ends after its socket closed leaves nobody present", async () => {
  const person = await connect();
  endLease(person.personId, "socket");
  changeLease(person, "socket", "idle");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told.get(person.personId)).toEqual(["active", null]);
});
