// A client that does not read costs bounded memory, and nobody else notices.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { caughtUp, openTab } from "./harness/client";
import { figuresOf, metricsToken } from "./harness/figures";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { startServer } from "./harness/server";

const timeout = 120_000;
const atMost = 3_000;
const atOnce = 10;

const residentMiB = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** The WebSocket (package ws) under the Engine.IO client, which can stop reading. */
interface Pausable {
  io: { engine: { transport: { ws: { pause(): void; resume(): void } } } };
}

test("A client that stops reading is disconnected at a bounded cost and catches up later; others receive everything in time", {
  timeout,
}, async () => {
  const server = await startServer({ METRICS_TOKEN: metricsToken, LIMIT_FACTOR: "10000" });
  const organization = await makeOrganization();
  const [writer, reader, slow] = [
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, writer, reader, slow);
  const [writing, reading, stuck] = [
    await writer.login.listen(),
    await reader.login.listen(),
    await slow.login.listen(),
  ];
  const body = "a long message ".repeat(1_000);
  data(await writing.ask("message.send", { roomId: room.id, body }));
  await stuck.until("the first message", () => stuck.rows(room.id).length === 1);
  (stuck.socket as unknown as Pausable).io.engine.transport.ws.pause();

  const before = residentMiB(server.pid);
  const delays: number[] = [];
  const cut = async () => (await figuresOf(server)).get("parley_slow_readers_total") === 1;
  let sent = 1;
  while (sent < atMost && !(await cut())) {
    const began = performance.now();
    const asked = Array.from({ length: atOnce }, () => writing.ask("message.send", { roomId: room.id, body }));
    for (const answer of await Promise.all(asked)) data(answer);
    sent += atOnce;
    await reading.until("these", () => reading.rows(room.id).length === sent);
    delays.push(performance.now() - began);
  }
  expect(await cut()).toBe(true);
  const grown = residentMiB(server.pid) - before;
  const median = delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)] as number;
  console.log(
    `cut after ${sent} messages of 15,000 bytes; ${atOnce} of them reached the other reader in ${median.toFixed(0)} ms (median); ` +
      `the server grew by ${grown.toFixed(0)} MiB`,
  );
  expect(median).toBeLessThan(500);
  expect(grown).toBeLessThan(100);

  // It reads again, finds its connection closed, reconnects like any tab and catches up.
  (stuck.socket as unknown as Pausable).io.engine.transport.ws.resume();
  await stuck.until("its end", ({ disconnects }) => disconnects.length > 0, 30_000);
  const tab = await openTab(slow.login);
  await caughtUp(tab, slow.login);
  tab.stop();
  writing.close();
  reading.close();
  await server.stop();
});
