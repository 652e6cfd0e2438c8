import { expect, it } from "vitest";
import type { PresenceEvent } from "@/lib/contract/events";
import { createPresenceOfGuest } from "./presence-of-guest";

/** A guest who shares a room with Ada and Bo. The test answers or fails each question to the database by hand. */
function start() {
  const sent: PresenceEvent[] = [];
  const failures: unknown[] = [];
  const open: { answer(): Promise<void>; fail(): Promise<void> }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const add = createPresenceOfGuest({
    personId: "guest",
    findPeopleSharingRoom: (_guestId, ids) =>
      new Promise((resolve, reject) => {
        const shared = new Set(ids.filter((id) => id === "ada" || id === "bo"));
        open.push({
          answer: () => (resolve(shared), settle()),
          fail: () => (reject(new Error("no database")), settle()),
        });
      }),
    send: (event) => sent.push(event),
    onFailure: (error) => failures.push(error),
  });
  return { sent, failures, open, add: (part: Parameters<typeof add>[0]) => void add(part) };
}

it("sends whom the guest may see, and when they go offline", async () => {
  const { sent, open, add } = start();
  add({ full: true, people: { ada: "active", eve: "idle", guest: "active" } });
  await open[0]?.answer();
  add({ full: false, people: { ada: null, eve: null, bo: null } });
  await open[1]?.answer();
  expect(sent).toEqual([
    { full: true, people: { ada: "active", guest: "active" } },
    { full: false, people: { ada: null } },
  ]);
});

it("sends no earlier state after a later one, however long the database takes", async () => {
  const { sent, open, add } = start();
  add({ full: true, people: { ada: "active" } });
  add({ full: false, people: { ada: null } });
  add({ full: false, people: { bo: "idle" } });
  expect(open.length).toBe(1);
  await open[0]?.answer();
  await open[1]?.answer();
  expect(sent).toEqual([
    { full: true, people: { ada: "active" } },
    { full: false, people: { ada: null, bo: "idle" } },
  ]);
});

it("says once that a query failed, and sends nothing before the next full list", async () => {
  const { sent, failures, open, add } = start();
  add({ full: true, people: { ada: "active" } });
  add({ full: false, people: { bo: "active" } });
  await open[0]?.fail();
  add({ full: false, people: { bo: "idle" } });
  expect([sent, failures.length, open.length]).toEqual([[], 1, 1]);
  add({ full: true, people: { ada: "active", bo: "active" } });
  await open[1]?.answer();
  expect(sent).toEqual([{ full: true, people: { ada: "active", bo: "active" } }]);
});
