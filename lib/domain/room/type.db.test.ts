import { expect, it } from "vitest";
import type { TypingEvent } from "@/lib/contract/events";
import { logs } from "@/lib/domain/logs";
import type { ServerSocket } from "@/lib/server/audience";
import { db } from "@/lib/server/db";
import { startLogs, subscribe } from "@/lib/server/logs";
import { broadcastTyping } from "@/lib/server/typing";
import { as, joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A socket that keeps the typing that it hears of. */
function socketOf({ id: personId, sessionId }: TestPerson) {
  const heard: TypingEvent[] = [];
  const write = (packet: string) => {
    const [name, event] = JSON.parse(packet.slice(1)) as [string, TypingEvent];
    if (name === "typing") heard.push(event);
  };
  const conn = { readyState: "open", transport: { writable: false }, writeBuffer: [], write };
  const data = { actor: { personId, sessionId }, audiences: [] };
  return { heard, socket: { connected: true, conn, data } as unknown as ServerSocket };
}

it("Typing in a thread is told to those who see the thread, and not to newcomers from whom it is hidden", async () => {
  startLogs(logs);
  const organization = await makeOrganization();
  const [ann, pat, nia] = (await makePeople(organization, [{}, {}, {}])) as [TestPerson, TestPerson, TestPerson];
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, pat);
  const { id: roomId } = room;
  const { id: threadId } = await as(ann).do("message.send", { roomId, body: "First" });
  await as(pat).do("message.send", { roomId, threadId, body: "A reply" });
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  await as(ann).do("membership.add", { roomId, personIds: [nia.id] });
  const [ofPat, ofNia] = [socketOf(pat), socketOf(nia)];
  const { clock } = await db().room.findUniqueOrThrow({ where: { id: roomId } });
  subscribe("room", [ofPat.socket, ofNia.socket], roomId, clock);
  const type = async (place: { roomId: string; threadId?: string }, niaHears: boolean) => {
    await as(ann).do("room.type", place);
    const event = { ...place, personId: ann.id };
    await expect.poll(() => ofPat.heard.splice(0)).toEqual([event]);
    expect(ofNia.heard.splice(0)).toEqual(niaHears ? [event] : []);
  };
  await type({ roomId }, true);
  await type({ roomId, threadId }, false);
  // A process of the previous version does not say whether newcomers see it.
  await broadcastTyping({ roomId, threadId, personId: ann.id });
  expect([ofPat.heard.splice(0), ofNia.heard.splice(0)]).toEqual([[{ roomId, threadId, personId: ann.id }], []]);
  await as(pat).do("message.send", { roomId, threadId, body: "A reply that they see" });
  await type({ roomId, threadId }, true);
});
