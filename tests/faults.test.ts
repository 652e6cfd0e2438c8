import { connect } from "node:net";
import { expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { wholeLog } from "./harness/client";
import { gateTo } from "./harness/gate";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { startServer } from "./harness/server";

test("Without the database nothing is acknowledged and the server says that it is not ready; with it, all is well again without a restart", async () => {
  const gate = await gateTo(process.env.DATABASE_URL ?? "");
  const server = await startServer({ DATABASE_URL: gate.url, LOG_LEVEL: "fatal" });
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
  expect(await ready()).toBe(503);
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
  expect(await server.stop()).toBe(0);
  await gate.shut();
});

test("On SIGTERM everybody is told, no new connection is taken, a request under way is answered, and it exits with 0", async () => {
  const server = await startServer();
  const organization = await makeOrganization();
  const person = await newcomer(server, organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, person);
  const tab = await person.login.listen();
  data(await person.login.rest("message.send", { roomId: room.id, body: "Before" }));

  // Somebody holds the room's lock, so that the request is under way for as long as we like.
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
  const stopped = server.stop();
  await tab.until("the farewell", ({ byes }) => byes.length > 0);
  await tab.until("its end", ({ disconnects }) => disconnects.length > 0);
  expect(tab.heard.byes).toMatchObject([{ reason: "drain" }]);
  expect(tab.heard.byes[0]?.afterMs).toBeLessThanOrEqual(2_000);
  expect(await refusesConnections(server.port)).toBe(true);
  release();
  await holding;
  expect(data(await answer).body).toBe("Under way");
  expect(await stopped).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});

function refusesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(false)).on("error", () => resolve(true));
  });
}
