import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toCallError } from "@/lib/client/call-error";
import { db } from "@/lib/server/db";
import { newestIn, openTab, until, wholeLog } from "./harness/client";
import { type Gate, gateTo } from "./harness/gate";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { type RunningServer, startServer } from "./harness/server";

/** A server whose database can be shut. Each test opens it again. */
let gate: Gate;
let server: RunningServer;
beforeAll(async () => {
  gate = await gateTo(process.env.DATABASE_URL ?? "");
  server = await startServer({ DATABASE_URL: gate.url, LOG_LEVEL: "fatal" });
}, 60_000);
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await gate.shut();
});

test("Without the database nothing is acknowledged and /readyz fails; when it is back, everything works without a restart", async () => {
  const organization = await makeOrganization();
  const person = await newcomer(server, organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, person);
  const tab = await person.login.listen();
  const ready = async () => (await fetch(`${server.url}/readyz`)).status;
  const send = (body: string) => ({ roomId: room.id, body });
  data(await tab.ask("message.send", send("Before")));
  expect(await ready()).toBe(200);

  await gate.shut();
  // An answer of the database holds for a moment.
  await expect.poll(ready).toBe(503);
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  expect(await tab.ask("message.send", send("Lost"))).toMatchObject({ ok: false, error: { code: "busy" } });
  expect(await person.login.rest("message.send", send("Lost too"))).toMatchObject({
    ok: false,
    error: { code: "busy" },
  });

  await gate.open();
  await expect.poll(ready, { timeout: 10_000 }).toBe(200);
  data(await tab.ask("message.send", send("After")));
  data(await person.login.rest("message.send", send("After that")));
  await tab.until("both", () => tab.rows(room.id).length === 3);
  expect((await wholeLog(person.login, room.id)).map(({ body }) => body)).toEqual(["Before", "After", "After that"]);
  tab.close();
});

test("On SIGTERM the server sends `bye`, refuses new connections, answers the pending request and exits with 0", async () => {
  const leaving = await startServer();
  const organization = await makeOrganization();
  const person = await newcomer(leaving, organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, person);
  const tab = await person.login.listen();
  data(await person.login.rest("message.send", { roomId: room.id, body: "Before" }));

  // The test locks the room, so that the request is pending for as long as needed.
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let holder = 0;
  const holding = db().$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`
      SELECT pg_backend_pid() AS pid FROM "Room" WHERE id = ${room.id}::uuid FOR UPDATE`;
      holder = row?.pid ?? 0;
      await released;
    },
    { timeout: 30_000 },
  );
  await expect.poll(() => holder).toBeGreaterThan(0);
  const answer = person.login.rest("message.send", { roomId: room.id, body: "Under way" });
  const isWaiting = async () =>
    (await db().$queryRaw<object[]>`SELECT 1 FROM pg_stat_activity WHERE ${holder} = ANY(pg_blocking_pids(pid))`)
      .length;
  await expect.poll(isWaiting, { timeout: 10_000 }).toBe(1);

  const began = performance.now();
  const stopped = leaving.stop();
  await tab.until("the farewell", ({ byes }) => byes.length > 0);
  await tab.until("its end", ({ disconnects }) => disconnects.length > 0);
  expect(tab.heard.byes).toMatchObject([{ reason: "drain" }]);
  expect(tab.heard.byes[0]?.afterMs).toBeLessThanOrEqual(2_000);
  expect(await refusesConnections(leaving.port)).toBe(true);
  release();
  await holding;
  expect(data(await answer).body).toBe("Under way");
  expect(await stopped).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("While the database is down a tab keeps its messages and drafts and says so; 10 s after its return everything is sent", {
  timeout: 120_000,
}, async () => {
  const organization = await makeOrganization();
  const person = await newcomer(server, organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, person);
  const tab = await openTab(person.login);
  tab.log.open(room.id);
  await until(tab.stores.rooms, "the log", ({ rooms }) => rooms.get(room.id)?.loadState === "loaded");
  const shown = () => newestIn(tab.stores.rooms.getState().rooms.get(room.id)).map(({ body }) => body);
  const entries = () => tab.stores.outbox.getState().entries;
  tab.outbox.send(room.id, "Before");
  await until(tab.stores.outbox, "the first to be sent", ({ entries: left }) => left.length === 0);

  await gate.shut();
  const words = ["One", "Two", "Three"];
  for (const body of words) tab.outbox.send(room.id, body);
  await until(tab.stores.connection, "trouble", ({ trouble }) => trouble);
  // Several answers later nothing is lost, refused or taken for sent.
  for (let at = 0; at < 3; at++) {
    expect(await tab.call("home.show", {}).catch(toCallError)).toMatchObject({ code: "busy" });
  }
  expect(entries().map(({ body, state }) => [body, state])).toEqual(words.map((body) => [body, "waiting"]));
  expect(shown()).toEqual(["Before"]);

  await gate.open();
  const began = performance.now();
  await until(tab.stores.outbox, "everything to be sent", ({ entries: left }) => left.length === 0);
  await until(tab.stores.connection, "all well", ({ status, trouble }) => status === "online" && !trouble);
  const took = performance.now() - began;
  console.log(`all sent ${(took / 1_000).toFixed(1)} s after the database was back`);
  expect(took).toBeLessThan(10_000);
  expect((await wholeLog(person.login, room.id)).map(({ body }) => body)).toEqual(["Before", ...words]);
  await until(tab.stores.rooms, "them on the screen", () => shown()?.length === 4);
  tab.stop();
});

test("On a full disk nothing is acknowledged but reading works; a tab says so and sends its messages when there is space again", {
  timeout: 120_000,
}, async () => {
  const organization = await makeOrganization();
  const person = await newcomer(server, organization);
  const room = await makeRoom(organization);
  await joinAs("admin", room, person);
  const tab = await openTab(person.login);
  const sent = data(await person.login.rest("message.send", { roomId: room.id, body: "Before" }));
  const disk = await fullDiskFor(room.id);
  try {
    const busy = { ok: false, error: { code: "busy" } };
    expect(await person.login.rest("message.send", { roomId: room.id, body: "Lost" })).toMatchObject(busy);
    expect(await person.login.rest("message.edit", { messageId: sent.id, body: "Changed" })).toMatchObject(busy);
    tab.outbox.send(room.id, "Kept");
    await until(tab.stores.connection, "trouble", ({ trouble }) => trouble);
    expect((await wholeLog(person.login, room.id)).map(({ body }) => body)).toEqual(["Before"]);
    expect(tab.stores.outbox.getState().entries).toMatchObject([{ body: "Kept", state: "waiting" }]);
  } finally {
    await disk.makeRoom();
  }
  const began = performance.now();
  await until(tab.stores.outbox, "what waited to be sent", ({ entries }) => entries.length === 0);
  await until(tab.stores.connection, "all well", ({ trouble }) => !trouble);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect((await wholeLog(person.login, room.id)).map(({ body }) => body)).toEqual(["Before", "Kept"]);
  tab.stop();
});

/** Makes Postgres refuse every message of one room with the error for a full disk. */
async function fullDiskFor(roomId: string) {
  const name = `full_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file "base/1/1": No space left on device' USING ERRCODE = 'disk_full';
    END $$;
    CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON "Message" FOR EACH ROW
    WHEN (NEW."roomId" = '${roomId}') EXECUTE FUNCTION ${name}()`);
  return {
    async makeRoom() {
      await client.query(`DROP TRIGGER ${name} ON "Message"; DROP FUNCTION ${name}()`);
      await client.end();
    },
  };
}

function refusesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(false)).on("error", () => resolve(true));
  });
}
