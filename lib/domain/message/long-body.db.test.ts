import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { as, joinAs, makeOrganization, makePerson, makeRoom } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const full = (piece: string) => piece.repeat(limits.messageBody).slice(0, limits.messageBody);

/** The CPU time in ms that `work` takes at best. The first time, code is not compiled yet, and other work may interrupt any of them. */
async function cpuTime(work: () => Promise<unknown>): Promise<number> {
  const times = [];
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    await work();
    times.push(process.cpuUsage(before).user / 1_000);
  }
  return Math.min(...times);
}

it.each([
  "@",
  "@a ",
  "@a.",
  "@a.b-c_d",
  "@陈你",
  ":",
  ":a: ",
  "#",
  "# @a\n",
  "#a ",
  "@a#b:c:",
  "> @a\n",
  "[@a](#b:c) ",
  "`@a`:",
  "||@a||#",
])("A message full of %j is sent, edited and listed within 150 ms of computing each", async (piece) => {
  const organization = await makeOrganization();
  const author = await makePerson(organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, author);
  const body = full(piece);
  const send = () => as(author).do("message.send", { roomId: room.id, body });
  const { id: messageId } = await send();
  let edits = 0;
  const edit = () => as(author).do("message.edit", { messageId, body: `${body.slice(0, -1)}${(edits += 1) % 10}` });
  expect(await cpuTime(send), "sending").toBeLessThan(150);
  expect(await cpuTime(edit), "editing").toBeLessThan(150);
  expect(await cpuTime(() => as(author).do("message.list", { roomId: room.id })), "listing").toBeLessThan(150);
});
