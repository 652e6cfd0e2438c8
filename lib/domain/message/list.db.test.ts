import { expect, it } from "vitest";
import { as, joinAs, makeGroup, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const mia = await makePerson(organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, mia);
  const roomId = room.id;
  for (let n = 1; n <= 7; n++) await as(mia).do("message.send", { roomId, body: String(n) });
  const page = async (place: { before?: number; after?: number; around?: number; limit?: number }) => {
    const { messages, before, after } = await as(mia).do("message.list", { roomId, ...place });
    return { seqs: messages.map((message) => message.seq), before, after };
  };
  return { organization, mia, roomId, page };
}

it.each([
  [{ limit: 3 }, [5, 6, 7], true, false],
  [{ limit: 7 }, [1, 2, 3, 4, 5, 6, 7], false, false],
  [{}, [1, 2, 3, 4, 5, 6, 7], false, false],
  [{ before: 5, limit: 3 }, [2, 3, 4], true, true],
  [{ before: 4, limit: 3 }, [1, 2, 3], false, true],
  [{ before: 1, limit: 3 }, [], false, true],
  [{ after: 2, limit: 3 }, [3, 4, 5], true, true],
  [{ after: 4, limit: 3 }, [5, 6, 7], true, false],
  [{ after: 0, limit: 3 }, [1, 2, 3], false, true],
  [{ after: 7, limit: 3 }, [], true, false],
  [{ before: 100, limit: 3 }, [5, 6, 7], true, false],
  [{ around: 4, limit: 4 }, [2, 3, 4, 5], true, true],
  [{ around: 1, limit: 4 }, [1, 2, 3, 4], false, true],
  [{ around: 7, limit: 4 }, [4, 5, 6, 7], true, false],
  [{ around: 4, limit: 3 }, [3, 4, 5], true, true],
  [{ around: 4, limit: 1 }, [4], true, true],
  [{ around: 1, limit: 1 }, [1], false, true],
  [{ around: 7, limit: 1 }, [7], true, false],
  [{ around: 2, limit: 7 }, [1, 2, 3, 4, 5, 6, 7], false, false],
  [{ around: 99, limit: 3 }, [5, 6, 7], true, false],
])("Of seven messages %j is %j, with older: %s and newer: %s", async (place, seqs, before, after) => {
  const { page } = await setting();
  expect(await page(place)).toEqual({ seqs, before, after });
});

it("A page includes its authors and everybody its notices are about", async () => {
  const { organization, mia, roomId } = await setting();
  const ben = await makePerson(organization, { name: "Ben" });
  await as(mia).do("membership.add", { roomId, personIds: [ben.id] });
  const { people, clock } = await as(ben).do("message.list", { roomId, limit: 2 });
  expect(people.map((person) => person.id).toSorted()).toEqual([mia.id, ben.id].toSorted());
  expect(clock).toBe(8);
});

it("A room that a person may join can be read before; a private one cannot", async () => {
  const { organization, mia, roomId } = await setting();
  const [visitor, guest] = [await makePerson(organization), await makePerson(organization, { role: "guest" })];
  const groupId = await makeGroup(organization, [visitor]);
  const restricted = await makeRoom(organization, { access: "restricted", groupIds: [groupId] });
  const hidden = await makeRoom(organization, { access: "private" });
  await joinAs("member", restricted, mia);
  await joinAs("member", hidden, mia);
  const seen = async (who: typeof mia) =>
    Promise.all(
      [roomId, restricted.id, hidden.id].map(async (id) => outcome(await as(who).ask("message.list", { roomId: id }))),
    );
  expect(await seen(mia)).toEqual(["ok", "ok", "ok"]);
  expect(await seen(visitor)).toEqual(["ok", "ok", "not_found"]);
  expect(await seen(guest)).toEqual(["not_found", "not_found", "not_found"]);
});

it("has the floor of the membership it was read with", async () => {
  const { organization, mia, roomId } = await setting();
  const late = await makePerson(organization);
  const owner = await makePerson(organization, { role: "owner" });
  await as(owner).do("room.update", { roomId, history: "fromJoining" });
  await as(mia).do("membership.add", { roomId, personIds: [late.id] });
  const { rooms } = await as(late).do("home.show", {});
  const floorSeq = rooms[0]?.membership.floorSeq;
  expect(floorSeq).toBeGreaterThan(0);
  expect(await as(late).do("message.list", { roomId })).toMatchObject({ floorSeq });
  expect(await as(mia).do("message.list", { roomId })).toMatchObject({ floorSeq: 0 });
});
