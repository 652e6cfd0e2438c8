import { expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { limits } from "@/lib/contract/limits";
import { caughtUp, newestIn, openTab, serverView, tabView, until } from "./harness/client";
import { data, type Login, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { fillRoom } from "./harness/rooms";
import { sharedServer } from "./harness/shared-server";

const [rooms, each] = [50, 100];

const server = sharedServer();

/**
 * Stops a tab, and waits until the server knows: it reads what was sent later after that. Otherwise it may send what the tab misses as
 * a frame, which a tab that is back soon applies instead of the answer to its `sync`.
 */
async function goAway(tab: Parley, other: Login): Promise<void> {
  tab.stop();
  data(await other.rest("home.show", {}));
}

test(`A tab that missed ${rooms * each} messages in ${rooms} rooms is up to date within 5 seconds, without a reload`, async () => {
  const organization = await makeOrganization();
  const [reader, writer] = [await newcomer(server, organization), await newcomer(server, organization)];
  const all = await Promise.all(Array.from({ length: rooms }, () => makeRoom(organization)));
  for (const room of all) await joinAs("member", room, reader, writer);
  const tab = await openTab(reader.login);
  const open = all[0]?.id ?? "";
  tab.log.open(open);
  await until(tab.stores.rooms, "the log", (state) => state.rooms.get(open)?.loadState === "loaded");
  await goAway(tab, writer.login);

  for (const room of all) await fillRoom(room, writer, each);
  const began = performance.now();
  tab.start();
  await caughtUp(tab, reader.login);
  const ms = Math.round(performance.now() - began);
  console.log(`caught up after ${ms} ms`);
  expect(ms).toBeLessThan(5_000);

  const [shown, wanted] = [tabView(tab), await serverView(reader.login)];
  expect(shown.rooms[open]).toEqual(wanted.rooms[open]);
  // Rooms that are not open keep only what the sidebar shows up to date.
  const sidebar = ({ rooms: mine }: typeof shown) =>
    Object.entries(mine).map(([id, { messages: _, ...rest }]) => [id, rest]);
  expect(sidebar(shown)).toEqual(sidebar(wanted));
  expect(Object.values(shown.rooms).map(({ unread }) => unread.length)).toEqual(all.map(() => each));
  tab.stop();
});

test("Of many rooms in which too much was missed, a tab loads only the open one, and counts the unread messages of all", async () => {
  const organization = await makeOrganization();
  const [reader, writer] = [await newcomer(server, organization), await newcomer(server, organization)];
  const all = await Promise.all(Array.from({ length: 12 }, () => makeRoom(organization)));
  for (const room of all) await joinAs("member", room, reader, writer);
  const tab = await openTab(reader.login);
  const [open, left] = [all[0]?.id ?? "", all[1]?.id ?? ""];
  const isLoaded = (id: string) =>
    until(tab.stores.rooms, "the log", (state) => state.rooms.get(id)?.loadState === "loaded");
  const leave = tab.log.open(left);
  await isLoaded(left);
  leave();
  tab.log.open(open);
  await isLoaded(open);
  await goAway(tab, writer.login);

  const missed = limits.delta + 1;
  for (const room of all) await fillRoom(room, writer, missed);
  tab.start();
  await caughtUp(tab, reader.login);
  await isLoaded(open);
  const held = tab.stores.rooms.getState().rooms;
  const newest = Array.from({ length: limits.unread }, (_, at) => missed - limits.unread + at + 1);
  for (const [id, { ranges, unread, lastMessage }] of held) {
    expect(ranges.length, "only what is open is loaded").toBe(id === open ? 1 : 0);
    expect([...unread.seqs]).toEqual(newest);
    expect(lastMessage?.seq).toBe(missed);
  }
  tab.log.open(left);
  await isLoaded(left);
  expect(newestIn(tab.stores.rooms.getState().rooms.get(left)).at(-1)?.seq).toBe(missed);
  tab.stop();
});
