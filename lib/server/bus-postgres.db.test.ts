import { expect, test } from "vitest";
import { connectPostgres } from "./bus-postgres";

test("Everything that is sent at once is heard, in its order and as often as it was said", async () => {
  const said = ["here", "nobody else", "here", "here"];
  const received: string[] = [];
  let connected = () => {};
  const ready = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const channel = `test ${crypto.randomUUID()}`;
  const bus = connectPostgres({ channel, onMessage: (text) => received.push(text), onConnect: () => connected() });
  await ready;
  await bus.send(said);
  await bus.send(["the end"]);
  await expect.poll(() => received.at(-1)).toBe("the end");
  expect(received).toEqual([...said, "the end"]);
  await bus.close();
});
