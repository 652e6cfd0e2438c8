// One who writes as fast as they can costs the others nothing they would notice.
import { expect, test } from "vitest";
import { sendMessage } from "@/lib/contract/message";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { startServer } from "./harness/server";

const sockets = 10;
const perSecond = 1_000;
const seconds = 8;

// Tried again because it is about this program's speed, not about what else the machine is doing.
test(`${perSecond} sends a second by one person over ${sockets} sockets are limited to what one person may, and do not delay the others`, {
  timeout: 120_000,
  retry: 2,
}, async () => {
  // The limits that people have.
  const server = await startServer({ LIMIT_FACTOR: "1" });
  const organization = await makeOrganization();
  const [flooder, writer, reader] = [
    await newcomer(server, organization),
    await newcomer(server, organization),
    await newcomer(server, organization),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, flooder, writer, reader);
  const flood = await Promise.all(Array.from({ length: sockets }, () => flooder.login.listen()));
  const [writing, reading] = [await writer.login.listen(), await reader.login.listen()];

  const answers: Record<string, number> = {};
  let sent = 0;
  const flooding = setInterval(() => {
    for (const tab of flood) {
      for (let each = 0; each < perSecond / sockets / 20; each++) {
        sent++;
        tab.ask("message.send", { roomId: room.id, body: "flood" }).then(
          (answer) => {
            const outcome = answer.ok ? "ok" : answer.error.code;
            answers[outcome] = (answers[outcome] ?? 0) + 1;
          },
          () => (answers.silence = (answers.silence ?? 0) + 1),
        );
      }
    }
  }, 50);
  const delays: number[] = [];
  const end = performance.now() + seconds * 1_000;
  // One after the other, half a second apart: as quick as somebody types who stays within their own limit.
  const talking = new Promise<void>((resolve, reject) => {
    const talk = async () => {
      const began = performance.now();
      const { id } = data(await writing.ask("message.send", { roomId: room.id, body: `word ${delays.length}` }));
      await reading.until("the word", () => reading.rows(room.id).some((row) => row.id === id));
      delays.push(performance.now() - began);
      if (performance.now() > end) resolve();
      else setTimeout(() => talk().catch(reject), 500);
    };
    talk().catch(reject);
  });
  await talking;
  clearInterval(flooding);
  await expect.poll(() => Object.values(answers).reduce((sum, count) => sum + count, 0)).toBe(sent);

  const slowest = Math.max(...delays);
  console.log(
    `${sent} sends in ${seconds} s: ${JSON.stringify(answers)}; the others' slowest of ${delays.length}: ${slowest.toFixed(0)} ms`,
  );
  expect(answers).toEqual({ ok: answers.ok, rate_limited: answers.rate_limited });
  const { points, seconds: every } = sendMessage.limit;
  expect(answers.ok).toBeLessThanOrEqual(points * (seconds / every + 2));
  expect(sent).toBeGreaterThan((perSecond * seconds) / 4);
  expect(slowest).toBeLessThan(500);
  for (const tab of [...flood, writing, reading]) tab.close();
  await server.stop();
});
