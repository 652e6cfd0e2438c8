import { expect, it } from "vitest";
import type { Frame } from "@/lib/contract/events";
import { roomLog } from "@/lib/domain/room/log";
import { db } from "@/lib/server/db";
import type { ServerSocket } from "@/lib/server/audience";
import { as, joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "@/tests/harness/people";
import type { SummaryForFloors } from "./summary";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A room whose newcomers see nothing from before they joined, and a thread: two people join one after another before each of three replies. */
async function setting() {
  const organization = await makeOrganization();
  const people = await makePeople(
    organization,
    Array.from({ length: 8 }, () => ({})),
  );
  const [ann, ...newcomers] = people as [TestPerson, ...TestPerson[]];
  const room = await makeRoom(organization, { access: "private" });
  await joinAs("member", room, ann);
  const roomId = room.id;
  await db().room.update({ where: { id: roomId }, data: { history: "fromJoining" } });
  const { id: threadId } = await as(ann).do("message.send", { roomId, body: "First" });
  const reply = () => as(ann).do("message.send", { roomId, threadId, body: "A reply" });
  for (const [at, { id }] of newcomers.entries()) {
    await as(ann).do("membership.add", { roomId, personIds: [id] });
    if (at % 2 === 1 && at < 6) await reply();
  }
  const { clock } = await db().room.findUniqueOrThrow({ where: { id: roomId } });
  const request = { id: roomId, from: clock - 2, sessionIds: people.map(({ sessionId }) => sessionId) };
  const pulled = await roomLog.pull({ ...request, knownListeners: () => [] });
  if (!pulled) throw new Error("The room is there.");
  return { people, threadId, pulled };
}

it("A summary is counted once for all readers who see the same replies, whenever they joined", async () => {
  const { pulled } = await setting();
  const { summaries = [] } = pulled.frame as { summaries?: SummaryForFloors[] };
  const floors = new Set([...pulled.listeners.values()].map(({ floor }) => floor));
  expect(floors.size).toBe(8);
  const counts = summaries.map((each) => [each.summary.count, each.summary.authorId !== null, each.floors.length]);
  // Ann sees the first message and all three replies, the two who joined before the first reply all but the first message.
  expect(counts.toSorted(([a, , m = 0], [b, , n = 0]) => Number(a) - Number(b) || Number(n) - Number(m))).toEqual([
    [1, false, 2],
    [2, false, 2],
    [3, false, 2],
    [3, true, 1],
  ]);
});

it("Everybody gets the summary of what they see, and the frame is encoded once for each summary", async () => {
  const { people, threadId, pulled } = await setting();
  const packets = new Map<string, string>();
  const socketOf = ({ id: personId, sessionId }: TestPerson) =>
    ({
      connected: true,
      conn: {
        readyState: "open",
        transport: { writable: false },
        write: (packet: string) => packets.set(personId, packet),
      },
      data: { actor: { personId, sessionId } },
    }) as unknown as ServerSocket;
  roomLog.send({
    id: pulled.frame.roomId,
    frame: pulled.frame,
    receivers: people.map(socketOf),
    listenerOf: (socket) => pulled.listeners.get(socket.data.actor.sessionId),
    announcedAt: performance.now(),
  });
  const counts = people.map(({ id }) => {
    const [, { threads }] = JSON.parse((packets.get(id) ?? "").slice(1)) as [string, Frame];
    return threads?.map((each) => [each.threadId, each.count]);
  });
  expect(counts).toEqual([3, 3, 3, 2, 2, 1, 1, null].map((count) => (count ? [[threadId, count]] : undefined)));
  expect(new Set(packets.values()).size).toBe(5);
});
