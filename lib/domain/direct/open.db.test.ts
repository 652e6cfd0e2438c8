import { describe, expect, it } from "vitest";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  makeOrganizationOf,
  makePeople,
  makeOrganization,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganizationOf([
    { role: "owner", name: "Otto" },
    { name: "Mia" },
    { name: "Ben" },
    { name: "Eve" },
  ]);
  const [owner, mia, ben, eve] = organization.people;
  return { organization, owner, mia, ben, eve };
}
const idsOf = (people: TestPerson[]) => people.map(({ id }) => id);
const open = (who: TestPerson, ...others: TestPerson[]) => as(who).do("direct.open", { personIds: idsOf(others) });
const tryToOpen = async (who: TestPerson, ...others: { id: string }[]) =>
  outcome(await as(who).ask("direct.open", { personIds: others.map(({ id }) => id) }));
/** The person's own membership of a room, from their home. */
const sideOf = async (who: TestPerson, roomId: string) =>
  (await as(who).do("home.show", {})).rooms.find(({ room }) => room.id === roomId)?.membership;

describe("a set of people", () => {
  it("has one direct room, whoever opens it and in whatever order they are named", async () => {
    const { mia, ben, eve } = await setting();
    const { room } = await open(mia, ben, eve);
    expect(room).toMatchObject({ kind: "direct", name: null, access: "private", memberCount: 3 });
    expect(room.directIds).toEqual(idsOf([mia, ben, eve]).toSorted());
    expect((await open(eve, mia, ben)).room.id).toBe(room.id);
    expect((await open(ben, eve, mia, eve, ben)).room.id).toBe(room.id);
    expect((await open(mia, ben)).room.id).not.toBe(room.id);
    const notes = await open(mia);
    expect(notes.room).toMatchObject({ memberCount: 1, directIds: [mia.id] });
    expect((await open(mia, mia)).room.id).toBe(notes.room.id);
  });

  it("gets one room from twenty simultaneous starts", async () => {
    const { mia, ben } = await setting();
    const starts = Array.from({ length: 20 }, (_, at) => (at % 2 ? open(mia, ben) : open(ben, mia)));
    const rooms = new Set((await Promise.all(starts)).map(({ room }) => room.id));
    expect(rooms.size).toBe(1);
    expect(await db().membership.count({ where: { roomId: { in: [...rooms] } } })).toBe(2);
  });

  it("of nine gets one room when each of them starts it, naming the others in another order", async () => {
    const organization = await makeOrganization();
    const people = await makePeople(
      organization,
      Array.from({ length: 9 }, (_, at) => ({ name: `P${at}` })),
    );
    const others = (at: number) => [...people.slice(at + 1), ...people.slice(0, at)];
    const entries = await Promise.all(people.map((person, at) => open(person, ...others(at))));
    expect(new Set(entries.map(({ room }) => room.id)).size).toBe(1);
    expect(entries.map(({ room }) => room.memberCount)).toEqual(people.map(() => 9));
    const [first, ...rest] = people as [TestPerson, ...TestPerson[]];
    const another = (await makePeople(organization, [{}])) as [TestPerson];
    const tooMany = await as(first).ask("direct.open", { personIds: idsOf([...rest, ...another]) });
    expect(tooMany).toMatchObject({
      ok: false,
      error: { code: "invalid_input", fields: { personIds: "Choose at most 8 people." } },
    });
  });
});

describe("a direct room", () => {
  it("appears for the others with its first message, and tells them nothing before", async () => {
    const { mia, ben } = await setting();
    const { room } = await open(mia, ben);
    expect((await sideOf(mia, room.id))?.hiddenUpToSeq).toBeNull();
    const before = await sideOf(ben, room.id);
    expect(before?.hiddenUpToSeq).toBe(1);
    const message = await as(mia).do("message.send", { roomId: room.id, body: "Hello" });
    expect(message.seq).toBeGreaterThan(before?.hiddenUpToSeq ?? 0);
    expect((await as(ben).do("home.show", {})).rooms[0]).toMatchObject({ unread: [message.seq] });
    // Opening the same conversation again finds the same room.
    const other = await open(mia, ben);
    expect(other.room.id).toBe(room.id);
  });

  it("comes back into the list of whoever hid it with the next message, unless they left it", async () => {
    const { mia, ben } = await setting();
    const { room } = await open(mia, ben);
    const roomId = room.id;
    const first = await as(ben).do("message.send", { roomId, body: "One" });
    const hidden = await as(mia).do("membership.setHidden", { roomId, hiding: "untilNextMessage" });
    expect(hidden).toMatchObject({ hiddenUpToSeq: first.seq, isMuted: false });
    const second = await as(ben).do("message.send", { roomId, body: "Two" });
    expect(second.seq).toBeGreaterThan(hidden.hiddenUpToSeq ?? 0);
    // If they had not seen the latest message when they hid the room, that message shows the room again.
    const unseen = await as(mia).do("membership.setHidden", { roomId, hiding: "untilNextMessage", upToSeq: first.seq });
    expect(unseen.hiddenUpToSeq).toBe(first.seq);
    const left = await as(mia).do("membership.setHidden", { roomId, hiding: "always" });
    expect(left).toMatchObject({ hiddenUpToSeq: 2_147_483_647, isMuted: true });
    // Their own message alone does not bring it back. Their client opens the conversation before it sends one.
    await as(mia).do("message.send", { roomId, body: "Three" });
    expect(await sideOf(mia, roomId)).toMatchObject({ hiddenUpToSeq: 2_147_483_647, isMuted: true });
    expect((await open(mia, ben)).membership).toMatchObject({ hiddenUpToSeq: null, isMuted: false });
  });

  it("stays muted when it is shown again, if it was muted by itself", async () => {
    const { mia, ben } = await setting();
    const { room } = await open(mia, ben);
    const roomId = room.id;
    expect(await as(mia).do("membership.setMuted", { roomId, isMuted: true })).toMatchObject({ isMuted: true });
    await as(mia).do("membership.setHidden", { roomId, hiding: "untilNextMessage" });
    expect(await as(mia).do("membership.setHidden", { roomId, hiding: "shown" })).toMatchObject({ isMuted: true });
    expect(await sideOf(ben, roomId)).toMatchObject({ isMuted: false });
  });

  it("does not exist for anybody else, and is in no list of rooms", async () => {
    const { owner, mia, ben, eve } = await setting();
    const { room } = await open(mia, ben);
    const roomId = room.id;
    await as(mia).do("message.send", { roomId, body: "Between us" });
    expect(outcome(await as(ben).ask("room.show", { roomId }))).toBe("ok");
    for (const other of [owner, eve]) {
      expect(outcome(await as(other).ask("room.show", { roomId }))).toBe("not_found");
      expect(outcome(await as(other).ask("message.list", { roomId }))).toBe("not_found");
      expect(outcome(await as(other).ask("membership.list", { roomId }))).toBe("not_found");
      expect(outcome(await as(other).ask("room.delete", { roomId, name: "" }))).toBe("not_found");
    }
    expect((await as(owner).do("room.administer", {})).rooms).toEqual([]);
    expect((await as(mia).do("room.list", {})).rooms).toEqual([]);
  });

  it("has nobody added, invited, removed or banned, and no settings", async () => {
    const { mia, ben, eve } = await setting();
    const { room } = await open(mia, ben);
    const roomId = room.id;
    const asked = [
      as(mia).ask("membership.add", { roomId, personIds: [eve.id] }),
      as(mia).ask("roomInvite.send", { roomId, personId: eve.id }),
      as(mia).ask("membership.remove", { roomId, personId: ben.id }),
      as(mia).ask("ban.add", { roomId, personId: ben.id }),
      as(mia).ask("room.update", { roomId, name: "Ours" }),
      as(mia).ask("room.archive", { roomId }),
      as(mia).ask("room.setAccess", { roomId, access: "public" }),
      as(mia).ask("membership.leave", { roomId }),
    ];
    expect((await Promise.all(asked)).map(outcome)).toEqual(asked.map(() => "forbidden"));
  });
});

describe("starting one", () => {
  it("is refused with people of another organization, in the words of those who do not exist", async () => {
    const [{ mia }, { ben: stranger }] = await Promise.all([setting(), setting()]);
    expect(await tryToOpen(mia, stranger)).toBe("not_found");
    expect(await tryToOpen(mia, { id: mia.id.replace(/.$/, (last) => (last === "0" ? "1" : "0")) })).toBe("not_found");
  });

  it("is refused with someone who can no longer sign in, but the room from before opens", async () => {
    const { owner, mia, ben, eve } = await setting();
    const { room } = await open(mia, ben);
    await as(owner).do("person.deactivate", { personId: ben.id });
    expect(await tryToOpen(mia, ben, eve)).toBe("forbidden");
    expect((await open(mia, ben)).room.id).toBe(room.id);
  });

  it("is for guests only with people of their channels", async () => {
    const { organization, owner, mia, ben, eve } = await setting();
    const [guest] = (await makePeople(organization, [{ role: "guest", name: "Gus" }])) as [TestPerson];
    await joinAs("member", await makeRoom(organization), guest, mia);
    expect(await tryToOpen(guest, mia)).toBe("ok");
    expect(await tryToOpen(guest, ben)).toBe("not_found");
    // A direct message makes its members visible to each other, but it is not a shared channel.
    const { room } = await open(ben, guest);
    expect((await open(guest, ben)).room.id).toBe(room.id);
    await open(eve, guest);
    expect(await as(guest).ask("direct.open", { personIds: idsOf([ben, mia, eve]) })).toMatchObject({
      error: {
        code: "forbidden",
        message: expect.stringMatching(
          /^Guests can start .* only with people in the same rooms\. .* with (?:Ben|Eve)\.$/,
        ),
      },
    });
    // Only those with whom they can start one are offered.
    const offered = async (who: TestPerson) =>
      (await as(who).do("person.list", { for: "direct" })).people.map(({ id }) => id).toSorted();
    expect(await offered(guest)).toEqual(idsOf([guest, mia]).toSorted());
    expect(await offered(mia)).toEqual(idsOf([owner, mia, ben, eve, guest]).toSorted());
    await as(owner).do("person.deactivate", { personId: mia.id });
    expect(await offered(guest)).toEqual([guest.id]);
    expect(await tryToOpen(owner, guest)).toBe("ok");
  });
});
