import { expect, test } from "vitest";
import { createSocket } from "@/lib/client/socket";
import { newestIn, openTab, until } from "./harness/client";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { within } from "./harness/server";
import { sharedServer } from "./harness/shared-server";
import { stallingWay } from "./harness/stalling";

test("A tab that wakes with a dead connection reconnects within seconds and catches up; with a live one it keeps it", async () => {
  const server = sharedServer();
  const organization = await makeOrganization();
  const [sleeper, writer] = [await newcomer(server, organization), await newcomer(server, organization)];
  const room = await makeRoom(organization);
  await joinAs("member", room, sleeper, writer);
  const way = await stallingWay(server);
  const tab = await openTab(sleeper.login, way.url);
  tab.log.open(room.id);
  await until(tab.stores.rooms, "the log", ({ rooms }) => rooms.get(room.id)?.loadState === "loaded");
  const statuses: string[] = [];
  tab.stores.connection.subscribe(({ status }, before) => status !== before.status && statuses.push(status));
  const say = async (body: string) => data(await writer.login.rest("message.send", { roomId: room.id, body }));
  const hears = (body: string, ms: number) =>
    until(
      tab.stores.rooms,
      body,
      ({ rooms }) => newestIn(rooms.get(room.id)).some((message) => message.body === body),
      ms,
    );

  // With a live connection a wake changes nothing: events arrive over the same socket.
  tab.retryNow();
  await say("Awake");
  await hears("Awake", 5_000);
  expect(statuses).toEqual([]);

  way.stall();
  await say("While it slept");
  const began = performance.now();
  tab.retryNow();
  await hears("While it slept", 15_000);
  const took = performance.now() - began;
  console.log(`back ${(took / 1_000).toFixed(1)} s after waking`);
  // The heartbeat alone would have taken up to twenty.
  expect(took).toBeLessThan(8_000);
  expect(statuses).toEqual(["offline", "online"]);
  tab.stop();
  way.close();
});

test("A tab that wakes while it connects is not cut off for connecting twice", async () => {
  const server = sharedServer();
  const organization = await makeOrganization();
  const { login } = await newcomer(server, organization);
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  let losses = 0;
  const ignore = () => {};
  const probe = () => ({ state: "active" as const });
  const socket = createSocket({
    baseUrl: server.url,
    organization: organization.handle,
    headers: { cookie: login.cookie, origin: server.url },
    probe,
    handlers: {
      ready: () => isReady(),
      disconnected: () => void losses++,
      signedOut: ignore,
      frame: ignore,
      me: ignore,
      presence: ignore,
      typing: ignore,
      organization: ignore,
    },
  });
  socket.start();
  const waking = setInterval(() => socket.wake(), 1);
  await within(10_000, ready, () => "Never became ready.").finally(() => clearInterval(waking));
  expect(await socket.request("presence.update", probe(), 5_000)).toMatchObject({ ok: true });
  expect(losses).toBe(0);
  socket.stop();
});
