import { afterAll, beforeAll, expect, test } from "vitest";
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

function medianOf(values: number[]): number {
  return [...values].toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
