import { uuidv7 } from "uuidv7";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { joinAudience, leaveAllAudiences, logKey, type ServerSocket } from "./audience";
import { openBatch } from "./presence-batches";

const everybody = Array.from({ length: 2_000 }, (_, at) => String(at));
let organizationId: string;
let sockets: ServerSocket[];

beforeEach(() => {
  vi.useFakeTimers();
  organizationId = uuidv7();
  sockets = everybody.map(() => ({ data: { audiences: [] } }) as unknown as ServerSocket);
  for (const socket of sockets) joinAudience(socket, logKey("organization", organizationId));
});
afterEach(() => {
  for (const socket of sockets) leaveAllAudiences(socket);
  vi.useRealTimers();
});

it("Sends at most one event a second to an organization of 2,000, with each changed person once", async () => {
  const sent: { at: number; people: Map<string, string> }[] = [];
  const flush = (_: string, { changed }: { changed: Map<string, string> }) =>
    sent.push({ at: Date.now(), people: changed });
  // For ten seconds, all of them change their state four times a second.
  for (let round = 1; round <= 40; round++) {
    for (const id of everybody) openBatch<string>(organizationId, flush).changed.set(id, `state ${round}`);
    await vi.advanceTimersByTimeAsync(250);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  for (const [at, event] of sent.entries()) {
    if (at > 0) expect(event.at - (sent[at - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect([...event.people.keys()]).toEqual(everybody);
  }
  expect(sent.length).toBe(11);
  expect(new Set(sent.at(-1)?.people.values())).toEqual(new Set(["state 40"]));
});

it("Sends a change within a second", async () => {
  const took: number[] = [];
  for (let change = 0; change < 5; change++) {
    const changedAt = Date.now();
    openBatch<string>(organizationId, () => took.push(Date.now() - changedAt)).changed.set("0", "away");
    await vi.advanceTimersByTimeAsync(1_300);
  }
  expect(took.length).toBe(5);
  expect(Math.max(...took)).toBeLessThanOrEqual(1_000);
});
