import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedis } from "../scripts/test/redis.mjs";
import { type Gate, gateTo } from "./harness/gate";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { type RunningServer, startServer } from "./harness/server";
import { sharedServer } from "./harness/shared-server";

let gate: Gate;
/** Reaches its database through the gate. */
let server: RunningServer;
beforeAll(async () => {
  gate = await gateTo(process.env.DATABASE_URL ?? "");
  server = await startServer({ DATABASE_URL: gate.url, LOG_LEVEL: "fatal" });
});
afterAll(async () => {
  await server.stop();
  await gate.shut();
});

test("Changes made while a process had no database are sent to its people when it is back", async () => {
  const redis = await startRedis();
  const one = await startServer({ DATABASE_URL: gate.url, REDIS_URL: redis.url, LOG_LEVEL: "fatal" });
  const other = await startServer({ REDIS_URL: redis.url });
  const organization = await makeOrganization();
  const [person, owner] = [
    await newcomer(one, organization),
    await newcomer(other, organization, { role: "owner", name: "Olga" }),
  ];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, person, owner);
  const tab = await person.login.listen();
  const watching = await owner.login.listen();
  // The processes have found each other.
  await tab.until("somebody of the other process", () => Boolean(tab.here()[owner.id]));

  await gate.shut();
  data(await owner.login.rest("membership.remove", { roomId: room.id, personId: person.id }));
  // Presence takes the same way later and needs no database. Once it arrives, so has the announcement of the removal.
  watching.close();
  await tab.until("the owner's absence", () => !tab.here()[owner.id]);
  expect(tab.heard.me).toEqual([]);
  await gate.open();
  await tab.until("what changed", ({ me }) => me.length > 0, 15_000);
  expect(tab.heard.me.at(-1)?.to).toBe(data(await person.login.rest("home.show", {})).clock);

  tab.close();
  for (const each of [one, other]) await each.stop();
  await redis.stop();
});

test("A person who disconnects while their process cannot reach the others is offline there once it can", async () => {
  const organization = await makeOrganization();
  const [leaver, neighbour, watcher] = [
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(sharedServer(), organization),
  ];
  const [leaving, beside] = [await leaver.login.listen(), await neighbour.login.listen()];
  const watching = await watcher.login.listen();
  await watching.until("who will go", () => watching.here()[leaver.id] === "active");

  await gate.shut();
  leaving.close();
  await beside.until("their absence", () => !beside.here()[leaver.id]);
  expect(watching.here()[leaver.id]).toBe("active");
  await gate.open();
  await watching.until("their absence", () => !watching.here()[leaver.id]);
  expect(watching.here()[neighbour.id]).toBe("active");

  for (const tab of [beside, watching]) tab.close();
});

test("A socket that connects while a pull of its room is running receives the changes after its home's clock", async () => {
  const organization = await makeOrganization();
  const [writer, reader] = [await newcomer(server, organization), await newcomer(server, organization)];
  const room = await makeRoom(organization);
  await joinAs("member", room, writer, reader);
  const writing = await writer.login.listen();
  const { id } = data(await writer.login.rest("message.send", { roomId: room.id, body: "one" }));

  const held = gate.hold("pull");
  data(await writer.login.rest("message.edit", { messageId: id, body: "won" }));
  await held.came;
  const tab = await reader.login.listen();
  const me = data(await reader.login.rest("home.show", {}));
  const known = me.rooms.find((entry) => entry.room.id === room.id)?.clock ?? 0;
  const sent = data(await writer.login.rest("message.send", { roomId: room.id, body: "two" }));
  expect(sent.seq).toBe(known + 1);
  held.letGo();
  await tab.until("the clock", ({ frames }) => frames.some(({ to }) => to === sent.seq), 4_000);

  for (const each of [writing, tab]) each.close();
});

test("A message that is posted into a new room before its people hear of the room reaches them after it", async () => {
  const organization = await makeOrganization();
  const [writer, reader] = [await newcomer(sharedServer(), organization), await newcomer(server, organization)];
  await joinAs("member", await makeRoom(organization), reader);
  const tab = await reader.login.listen();
  // Without the sweep, which would find the message within five seconds.
  const sweep = gate.hold("changed-rooms");
  await sweep.came;

  const own = gate.hold("person-listeners");
  const { room } = data(await writer.login.rest("direct.open", { personIds: [reader.id] }));
  await own.came;
  const sent = data(await writer.login.rest("message.send", { roomId: room.id, body: "Before you knew" }));
  // A change of the organization takes the same way and is heard, so the announcement of the message has arrived, too.
  data(await writer.login.rest("person.update", { title: "Editor" }));
  await tab.until("the writer's title", ({ organization: heard }) =>
    heard.some(({ people }) => people.some(({ title }) => title === "Editor")),
  );
  expect(tab.heard.me).toEqual([]);
  own.letGo();
  await tab.until("the message", () => tab.rows(room.id).some(({ id }) => id === sent.id), 2_000);

  sweep.letGo();
  tab.close();
});

test("A client that learned of a new room from a sync hears of the room's changes before the event of its own log", async () => {
  const organization = await makeOrganization();
  const [writer, reader] = [await newcomer(sharedServer(), organization), await newcomer(server, organization)];
  const room = await makeRoom(organization, { access: "private" });
  const earlier = await makeRoom(organization, { access: "private" });
  for (const each of [room, earlier]) await joinAs("admin", each, writer);
  await joinAs("member", await makeRoom(organization), reader);
  const addReader = async ({ id }: { id: string }) =>
    data(await writer.login.rest("membership.add", { roomId: id, personIds: [reader.id] }));
  const tab = await reader.login.listen();
  const sweep = gate.hold("changed-rooms");
  await sweep.came;

  // The process holds the event of the earlier room, so it reads the entry of the next one only when it is released.
  const own = gate.hold("person-listeners");
  await addReader(earlier);
  await own.came;
  await addReader(room);
  const { clock } = data(await reader.login.rest("home.show", {}));
  const sent = data(await writer.login.rest("message.send", { roomId: room.id, body: "Between the two" }));
  own.letGo();
  await tab.until("the event of its log", ({ me }) => me.some(({ to }) => to === clock));
  expect(tab.heard.me.at(-1)?.changes).toMatchObject([{ type: "entry", entry: { clock: sent.seq } }]);
  // The client ignores that event. Only a frame tells it that it is behind.
  await tab.until("the room's clock", ({ frames }) => frames.some(({ to }) => to === sent.seq), 2_000);

  sweep.letGo();
  tab.close();
});
