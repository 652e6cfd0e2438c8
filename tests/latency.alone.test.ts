import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { type RunningServer, startServer } from "./harness/server";

const times = 20;
let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("A message reaches another person within 200 milliseconds", async () => {
  const organization = await makeOrganization();
  const [writer, reader] = [await newcomer(server, organization), await newcomer(server, organization)];
  const room = await makeRoom(organization);
  await joinAs("member", room, writer, reader);
  const [from, to] = [await writer.login.listen(), await reader.login.listen()];
  const read: number[] = [];
  const acknowledged: number[] = [];
  for (let time = 1; time <= times; time++) {
    const began = performance.now();
    const told = to
      .until(`message ${time}`, () => to.rows(room.id).some((row) => row.body === `Message ${time}`))
      .then(() => read.push(performance.now() - began));
    data(await from.ask("message.send", { roomId: room.id, body: `Message ${time}` }));
    acknowledged.push(performance.now() - began);
    await told;
  }
  expect(to.rows(room.id).map((row) => row.body)).toEqual(
    Array.from({ length: times }, (_, at) => `Message ${at + 1}`),
  );
  const [median, ack] = [medianOf(read), medianOf(acknowledged)];
  console.log(`send to read: median ${median.toFixed(1)} ms; send to acknowledgement: median ${ack.toFixed(1)} ms`);
  expect(median).toBeLessThan(200);
  from.close();
  to.close();
});

test("While a room is locked, nobody waits in another room, over REST or the socket", async () => {
  const [locked, other] = [await makeOrganization(), await makeOrganization()];
  const [mia, ben] = [await newcomer(server, locked), await newcomer(server, other)];
  const [theirs, free] = [await makeRoom(locked), await makeRoom(other)];
  await joinAs("member", theirs, mia);
  await joinAs("member", free, ben);
  const toLocked = { roomId: theirs.id, body: "Hello" };
  const sent = data(await mia.login.rest("message.send", toLocked));
  const [miaSocket, benSocket] = [await mia.login.listen(), await ben.login.listen()];
  data(await benSocket.ask("message.send", { roomId: free.id, body: "Before" }));

  const took = { REST: [] as number[], socket: [] as number[] };
  const waiting = await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${theirs.id}::uuid FOR UPDATE`;
    // More requests than the server has database connections.
    const requests = Array.from({ length: 40 }, (_, at) => [
      mia.login.rest("message.edit", { messageId: sent.id, body: `Edit ${at}` }),
      miaSocket.ask("message.send", toLocked),
    ]).flat();
    await expect.poll(statementsThatWait, { timeout: 4_000 }).toBeGreaterThan(0);
    // By the answer to this one, the server has read all requests that came before it.
    data(await ben.login.rest("message.send", { roomId: free.id, body: "Behind all others" }));
    for (let time = 1; time <= times; time++) {
      for (const [door, ask] of [
        ["REST", () => ben.login.rest("message.send", { roomId: free.id, body: `REST ${time}` })],
        ["socket", () => benSocket.ask("message.send", { roomId: free.id, body: `Socket ${time}` })],
      ] as const) {
        const began = performance.now();
        data(await ask());
        took[door].push(performance.now() - began);
      }
    }
    return { requests };
  });
  for (const answer of await Promise.all(waiting.requests)) data<unknown>(answer);
  for (const [door, all] of Object.entries(took)) {
    const [median, longest] = [medianOf(all), Math.max(...all)];
    console.log(`beside a locked room, ${door}: median ${median.toFixed(1)} ms, at most ${longest.toFixed(1)} ms`);
    expect(median).toBeLessThan(100);
  }
  miaSocket.close();
  benSocket.close();
});

/** How many statements of this database wait for a lock. */
async function statementsThatWait(): Promise<number> {
  const [row] = await db().$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

function medianOf(values: number[]): number {
  return [...values].toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
