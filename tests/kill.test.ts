import { expect, test } from "vitest";
import { caughtUp, newestIn, openTab, tabView, until, wholeLog } from "./harness/client";
import { newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { startServer } from "./harness/server";

const each = 100;

// Two server starts and two hundred sends take long on a busy machine.
const timeout = 120_000;

test("kill -9 in the middle of 200 sends loses and repeats no message, and keeps each sender's order", {
  timeout,
}, async () => {
  const server = await startServer();
  const organization = await makeOrganization();
  const people = [await newcomer(server, organization), await newcomer(server, organization)] as const;
  const room = await makeRoom(organization);
  await joinAs("member", room, ...people);
  const tabs = [await openTab(people[0].login), await openTab(people[1].login)] as const;
  for (const tab of tabs) {
    tab.log.open(room.id);
    await until(tab.stores.rooms, "the log", ({ rooms }) => rooms.get(room.id)?.loadState === "loaded");
  }

  const bodies = (who: number) => Array.from({ length: each }, (_, at) => `${who}: ${at}`);
  for (let at = 0; at < each; at++) tabs.forEach((tab, who) => tab.outbox.send(room.id, `${who}: ${at}`));
  await until(tabs[0].stores.rooms, "half of it", ({ rooms }) => newestIn(rooms.get(room.id)).length >= each);
  await server.kill();
  const shownBefore = tabs.map((tab) => {
    const { clock = 0, messages = [] } = tabView(tab).rooms[room.id] ?? {};
    return { clock, messages };
  });
  const waiting = tabs.map((tab) => tab.stores.outbox.getState().entries.length);
  console.log(`killed with ${waiting.join(" and ")} of ${each} each still to send`);
  expect(Math.min(...waiting)).toBeGreaterThan(0);

  const began = performance.now();
  const again = await startServer({}, server);
  for (const tab of tabs)
    await until(tab.stores.outbox, "an empty outbox", ({ entries }) => entries.length === 0, 40_000);
  console.log(`all sent ${((performance.now() - began) / 1_000).toFixed(1)} s after the restart began`);

  const log = await wholeLog(people[0].login, room.id);
  people.forEach(({ id }, who) => {
    expect(log.filter(({ authorId }) => authorId === id).map(({ body }) => body)).toEqual(bodies(who));
  });
  expect(log.length).toBe(2 * each);
  for (const [who, tab] of tabs.entries()) {
    await caughtUp(tab, (people[who] as (typeof people)[0]).login);
    expect(tabView(tab).rooms[room.id]?.messages).toEqual(log);
    // What was shown before is where it was: nothing came between what frames had told. A reply tells of one's own
    // message alone, perhaps ahead of the frame with what stands before it.
    const { clock, messages: before } = shownBefore[who] as (typeof shownBefore)[0];
    expect(before.length).toBeGreaterThanOrEqual(each / 2);
    expect(before.filter(({ seq }) => seq <= clock)).toEqual(log.filter(({ seq }) => seq <= clock));
    expect(before).toEqual(log.filter(({ id }) => before.some((shown) => shown.id === id)));
    tab.stop();
  }
  await again.stop();
});
