import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import type { Input } from "@/lib/contract/index";
import { data, type Login, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom, type TestRoom } from "./harness/people";
import { fillRoom } from "./harness/rooms";
import { type RunningServer, startServer } from "./harness/server";

const [few, many] = [100, 100_000];
const repetitions = 60;
let server: RunningServer;
let login: Login;
let small: TestRoom;
let large: TestRoom;

beforeAll(async () => {
  server = await startServer();
  const organization = await makeOrganization();
  const person = await newcomer(server, organization);
  login = person.login;
  [small, large] = [await makeRoom(organization), await makeRoom(organization)];
  await fillRoom(small, person, few);
  await fillRoom(large, person, many);
  await joinAs("member", small, person);
  await joinAs("member", large, person);
  await db().$executeRaw`ANALYZE "Message"`;
});
afterAll(() => server.stop());

test.each([
  ["its newest messages", () => ({})],
  ["a place in the middle of it", (size: number) => ({ around: size / 2 })],
] as const)(`Opening a room of ${many} messages at %s costs as much as one of ${few}`, async (what, place) => {
  const open = async (room: TestRoom, size: number) => {
    const input: Input<"message.list"> = { roomId: room.id, limit: 50, ...place(size) };
    const began = performance.now();
    const page = data(await login.rest("message.list", input));
    const tookMs = performance.now() - began;
    expect(page).toMatchObject({ clock: size, before: true });
    expect(page.messages.length).toBe(50);
    return tookMs;
  };
  const [inSmall, inLarge]: [number[], number[]] = [[], []];
  // Interleaved, so that other load on the machine affects both.
  for (let time = 0; time < repetitions; time++) {
    inSmall.push(await open(small, few));
    inLarge.push(await open(large, many));
  }
  const ratio = medianOf(inLarge) / medianOf(inSmall);
  const medians = `${medianOf(inLarge).toFixed(1)} ms against ${medianOf(inSmall).toFixed(1)} ms`;
  console.log(`${what}: ${many} messages against ${few}: ${ratio.toFixed(2)}x (${medians})`);
  expect(ratio).toBeLessThanOrEqual(1.5);
});

function medianOf(values: number[]): number {
  return [...values].toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
