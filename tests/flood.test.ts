// A person who floods does not slow down others noticeably. A person with many messages to send is not disconnected.
import { expect, test } from "vitest";
import { sendMessage } from "@/lib/contract/message";
import { openTab, until, wholeLog } from "./harness/client";
import { figuresOf, metricsToken } from "./harness/figures";
import { data, loginOf } from "./harness/login";
import { joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "./harness/people";
import { startServer } from "./harness/server";

const sockets = 10;
const perSecond = 1_000;
const timeout = 120_000;

test(`${perSecond} sends a second by one person over ${sockets} sockets are limited to what one person may, then cut, and do not delay the others`, {
  timeout,
}, async () => {
  // The real limits.
  const server = await startServer({ LIMIT_FACTOR: "1" });
  const organization = await makeOrganization();
  const people = (await makePeople(organization, [{}, {}, {}])) as [TestPerson, TestPerson, TestPerson];
  const room = await makeRoom(organization);
  await joinAs("member", room, ...people);
  const [flooder, writer, reader] = [
    await loginOf(server, people[0]),
    await loginOf(server, people[1]),
    await loginOf(server, people[2]),
  ];
  const flood = await Promise.all(Array.from({ length: sockets }, () => flooder.listen()));
  const [writing, reading] = [await writer.listen(), await reader.listen()];

  const answers: Record<string, number> = {};
  const began = performance.now();
  const flooding = setInterval(() => {
    for (const tab of flood.filter(({ heard }) => heard.disconnects.length === 0)) {
      for (let each = 0; each < perSecond / sockets / 20; each++) {
        tab.ask("message.send", { roomId: room.id, body: "flood" }).then(
          (answer) => {
            const outcome = answer.ok ? "ok" : answer.error.code;
            answers[outcome] = (answers[outcome] ?? 0) + 1;
          },
          () => {}, // It was cut before it was answered.
        );
      }
    }
  }, 50);
  const delays: number[] = [];
  let isFlooding = true;
  // One after the other, half a second apart: as quick as somebody types who stays within their own limit.
  const talking = new Promise<void>((resolve, reject) => {
    const talk = async () => {
      const asked = performance.now();
      const { id } = data(await writing.ask("message.send", { roomId: room.id, body: `word ${delays.length}` }));
      await reading.until("the word", () => reading.rows(room.id).some((row) => row.id === id));
      delays.push(performance.now() - asked);
      if (!isFlooding) resolve();
      else setTimeout(() => void talk().catch(reject), 500);
    };
    talk().catch(reject);
  });
  await Promise.all(flood.map((tab) => tab.until("its end", ({ disconnects }) => disconnects.length > 0, 60_000)));
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(flooding);
  isFlooding = false;
  await talking;

  const slowest = Math.max(...delays);
  console.log(
    `cut after ${seconds.toFixed(1)} s: ${JSON.stringify(answers)}; the others' slowest of ${delays.length}: ${slowest.toFixed(0)} ms`,
  );
  for (const { heard } of flood) expect(heard.byes).toMatchObject([{ reason: "violation" }]);
  expect(answers).toEqual({ ok: answers.ok, rate_limited: answers.rate_limited });
  const { points, seconds: every } = sendMessage.limit;
  expect(answers.ok).toBeLessThanOrEqual(points * (seconds / every + 2));
  expect(slowest).toBeLessThan(2_000);
  for (const tab of [writing, reading]) tab.close();
  await server.stop();
});

test("An outbox of 300 messages in thirty rooms is sent without a disconnect, however often the person retries", {
  timeout,
}, async () => {
  // Four times what people may, or this would take half a minute.
  const server = await startServer({ LIMIT_FACTOR: "4", METRICS_TOKEN: metricsToken });
  const organization = await makeOrganization();
  const [person] = (await makePeople(organization, [{}])) as [TestPerson];
  const rooms = await Promise.all(Array.from({ length: 30 }, () => makeRoom(organization)));
  for (const room of rooms) await joinAs("member", room, person);
  const login = await loginOf(server, person);
  const tab = await openTab(login);
  const statuses: string[] = [];
  tab.stores.connection.subscribe(({ status }) => statuses.push(status));
  for (let n = 0; n < 300; n++) tab.outbox.send(rooms[n % rooms.length]?.id ?? "", `message ${n}`);
  const pressing = setInterval(() => tab.retryNow(), 200);
  await until(tab.stores.outbox, "an empty outbox", ({ entries }) => entries.length === 0, 60_000);
  clearInterval(pressing);
  const logs = await Promise.all(rooms.map(({ id }) => wholeLog(login, id)));
  expect(
    logs
      .flat()
      .map(({ body }) => body)
      .toSorted(),
  ).toEqual(Array.from({ length: 300 }, (_, n) => `message ${n}`).toSorted());
  const figures = await figuresOf(server);
  // It did hit the limit.
  expect(figures.get('parley_rate_limited_total{limit="message.send"}')).toBeGreaterThan(0);
  expect(figures.get("parley_socket_cuts_total")).toBe(0);
  expect(new Set(statuses)).toEqual(new Set());
  tab.stop();
  await server.stop();
});
