import { afterEach, expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { db } from "@/lib/server/db";
import { type Balanced, startBalanced } from "./harness/balanced";
import { newestIn, openTab, recordOffline, until, wholeLog } from "./harness/client";
import { figuresOf, metricsToken } from "./harness/figures";
import { listen } from "./harness/listener";
import { data, loginOf, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "./harness/people";
import { startServer } from "./harness/server";

const tabs: Parley[] = [];
let balanced: Balanced | undefined;
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.stop();
  await balanced?.stop();
  balanced = undefined;
});

const people = 17;
const tabsEach = 6;

test(`${people * tabsEach} tabs whose server is replaced reconnect within 5 s (p99) without showing it, and messages sent meanwhile arrive once`, {
  timeout: 120_000,
}, async () => {
  balanced = await startBalanced(2, { running: 1, redis: false, env: { METRICS_TOKEN: metricsToken } });
  const [oldPort, newPort] = balanced.ports as [number, number];
  const organization = await makeOrganization();
  const made = await makePeople(
    organization,
    Array.from({ length: people }, () => ({})),
  );
  const room = await makeRoom(organization);
  await joinAs("member", room, ...made);
  const offlineMs: number[] = [];
  for (const person of made) {
    const login = await loginOf(balanced, person);
    const opened = await Promise.all(Array.from({ length: tabsEach }, () => openTab(login)));
    tabs.push(...opened);
    for (const tab of opened) {
      recordOffline(tab, offlineMs);
    }
  }
  const [writer, reader] = [tabs[0] as Parley, tabs.at(-1) as Parley];
  for (const tab of [writer, reader]) tab.log.open(room.id);
  writer.outbox.send(room.id, "Word 0");
  const heard = (tab: Parley) => (tab.stores.rooms.getState().rooms.get(room.id)?.clock ?? 0) > 0;
  for (const tab of tabs) await until(tab.stores.rooms, "Word 0", () => heard(tab));

  const next = await balanced.start(newPort);
  const old = balanced.servers.get(oldPort);
  if (!old) throw new Error("The first process is gone.");
  const connected = async () => (await figuresOf(next)).get("parley_socket_connections_total") ?? 0;
  const already = await connected();
  const witness = await listen(old.url, (await loginOf(balanced, organization.owner)).cookie, { origin: balanced.url });
  const began = performance.now();
  let cutAfterMs = 0;
  const cut = witness
    .until("the end", ({ disconnects }) => disconnects.length > 0, 20_000)
    .then(() => (cutAfterMs = performance.now() - began));
  const stopped = old.stop();
  const unready = fetch(`${old.url}/readyz`).then(({ status }) => status);

  // Sends one message after the other, from before the drain until all tabs have reconnected.
  const backAfterMs: number[] = [];
  let sent = 0;
  while (backAfterMs.length < tabs.length) {
    const body = `Word ${++sent}`;
    writer.outbox.send(room.id, body);
    await until(writer.stores.outbox, `${body} to be sent`, ({ entries }) => entries.length === 0);
    const back = Math.min((await connected()) - already, tabs.length);
    while (backAfterMs.length < back) backAfterMs.push(performance.now() - began);
    expect(performance.now() - began).toBeLessThan(30_000);
  }
  expect(await unready).toBe(503);
  expect(await stopped).toBe(0);
  await cut;
  // Counts only the time without a connection: until it was cut, the old server answered.
  const awayMs = (share: number) => (backAfterMs[Math.ceil(tabs.length * share) - 1] ?? Number.NaN) - cutAfterMs;
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  console.log(
    `${tabs.length} tabs were away for ${seconds(awayMs(0.5))} s (p50), ${seconds(awayMs(0.99))} s (p99), all back ${seconds(awayMs(1) + cutAfterMs)} s after SIGTERM; ${sent} messages were sent meanwhile`,
  );
  expect(awayMs(0.99)).toBeLessThan(5_000);
  // The banner is shown after a second.
  expect(offlineMs.filter((ms) => ms >= 1_000)).toEqual([]);

  const bodies = Array.from({ length: sent + 1 }, (_, at) => `Word ${at}`);
  const shown = (tab: Parley) => newestIn(tab.stores.rooms.getState().rooms.get(room.id)).map(({ body }) => body);
  await until(reader.stores.rooms, "everything", () => shown(reader)?.length === sent + 1);
  expect(shown(reader)).toEqual(bodies);
  const log = await wholeLog(await loginOf(balanced, made[0] as TestPerson), room.id);
  expect(log.map(({ body }) => body)).toEqual(bodies);
});

test("A request sent over a socket before `bye` is answered over that socket, and the process exits with 0", async () => {
  const server = await startServer();
  const organization = await makeOrganization();
  const person = await newcomer(server, organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, person);
  const tab = await person.login.listen();
  data(await tab.ask("message.send", { roomId: room.id, body: "Before" }));

  // Holds the room's lock for longer than the server waits before it closes sockets.
  let release = () => {};
  let holding: Promise<void> | undefined;
  await new Promise<void>((held) => {
    holding = db().$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${room.id}::uuid FOR UPDATE`;
        await new Promise<void>((released) => {
          release = released;
          held();
        });
      },
      { timeout: 30_000 },
    );
  });
  const answer = tab.ask("message.send", { roomId: room.id, body: "Under way" });
  const began = performance.now();
  const stopped = server.stop();
  await tab.until("the farewell", ({ byes }) => byes.length > 0);
  setTimeout(release, 2_000);
  await holding;
  expect(data(await answer).body).toBe("Under way");
  await tab.until("its end", ({ disconnects }) => disconnects.length > 0);
  expect(await stopped).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});
