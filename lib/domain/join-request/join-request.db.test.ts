import { describe, expect, it } from "vitest";
import { entriesIn } from "@/lib/domain/room/entries";
import { db, Prisma } from "@/lib/server/db";
import { as, joinAs, makePeople, makePerson, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A private room with staff and an ask link. */
async function withLink() {
  const staffed = await makeStaffedRoom({ access: "private" });
  const { token } = await as(staffed.ada).do("askLink.create", { roomId: staffed.roomId });
  return { ...staffed, token };
}
const landingOf = (who: TestPerson, token: string) => as(who).do("joinRequest.show", { token });
const askWith = (who: TestPerson, token: string, note = "") => as(who).ask("joinRequest.send", { token, note });
const requestsOf = async (who: TestPerson, roomId: string) =>
  (await as(who).do("joinRequest.list", { roomId })).requests;
const isMember = async (roomId: string, { id }: TestPerson) =>
  (await db().membership.count({ where: { roomId, personId: id } })) === 1;
const countOf = async (who: TestPerson) => (await as(who).do("home.show", {})).rooms[0]?.requestCount;

describe("An ask link", () => {
  it("shows the room's name and picture, and to nobody anything else", async () => {
    const { outsider, room, token } = await withLink();
    expect(await landingOf(outsider, token)).toEqual({
      state: "open",
      room: { id: room.id, name: room.name, emoji: null, picture: null },
      standing: "may_ask",
      until: null,
    });
    expect(outcome(await as(outsider).ask("room.show", { roomId: room.id }))).toBe("not_found");
  });

  it("is revoked by a new one and by its admins, and then leads nowhere", async () => {
    const { ada, outsider, roomId, token } = await withLink();
    const { token: next } = await as(ada).do("askLink.create", { roomId });
    expect(await landingOf(outsider, token)).toEqual({ state: "revoked" });
    expect(await landingOf(outsider, next)).toMatchObject({ state: "open" });
    expect((await as(ada).do("askLink.show", { roomId })).link).toMatchObject({ creator: { id: ada.id } });
    await as(ada).do("askLink.revoke", { roomId });
    expect(await landingOf(outsider, next)).toEqual({ state: "revoked" });
    expect(outcome(await askWith(outsider, next))).toBe("gone");
    expect((await as(ada).do("askLink.show", { roomId })).link).toBeNull();
  });

  it("looks revoked to banned people, to another organization, and when the room is archived or no longer private", async () => {
    const { moe, outsider, roomId, token } = await withLink();
    const revoked = { state: "revoked" };
    expect(await landingOf((await withLink()).outsider, token)).toEqual(revoked);
    await db().room.update({ where: { id: roomId }, data: { access: "public" } });
    expect(await landingOf(outsider, token)).toEqual(revoked);
    await db().room.update({ where: { id: roomId }, data: { access: "private", archivedAt: new Date() } });
    expect(await landingOf(outsider, token)).toEqual(revoked);
    await db().room.update({ where: { id: roomId }, data: { archivedAt: null } });
    await as(moe).do("ban.add", { roomId, personId: outsider.id });
    expect(await landingOf(outsider, token)).toEqual(revoked);
    expect(outcome(await askWith(outsider, token))).toBe("gone");
  });

  it("does not let guests ask", async () => {
    const { organization, token } = await withLink();
    const guest = await makePerson(organization, { role: "guest" });
    expect(await landingOf(guest, token)).toMatchObject({ standing: "guest" });
    expect(outcome(await askWith(guest, token))).toBe("forbidden");
  });
});

describe("A request to join", () => {
  it("is told to moderators and admins with its note, and to nobody else", async () => {
    const { ada, moe, mia, outsider, roomId, token } = await withLink();
    expect(await askWith(outsider, token, "I fix the lamp")).toMatchObject({ ok: true, data: { standing: "asked" } });
    for (const who of [ada, moe]) {
      expect(await requestsOf(who, roomId)).toMatchObject([{ person: { id: outsider.id }, note: "I fix the lamp" }]);
      expect(await countOf(who)).toBe(1);
    }
    expect(outcome(await as(mia).ask("joinRequest.list", { roomId }))).toBe("forbidden");
    expect(await countOf(mia)).toBe(0);
    const { epoch, clock } = await as(moe).do("home.show", {});
    const { me } = await as(moe).do("sync", { rooms: {}, me: clock - 1, epoch });
    expect(me?.changes).toMatchObject([{ type: "entry", entry: { requestCount: 1 } }]);
  });

  it("made five times at once is one", async () => {
    const { ada, outsider, roomId, token } = await withLink();
    const answers = await Promise.all(Array.from({ length: 5 }, () => askWith(outsider, token)));
    expect(answers.map(outcome)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    expect(await requestsOf(ada, roomId)).toHaveLength(1);
  });

  it("lets the person in when it is approved, once", async () => {
    const { moe, ada, outsider, roomId, token } = await withLink();
    await askWith(outsider, token);
    const [request] = await requestsOf(moe, roomId);
    const joinRequestId = request?.id ?? "";
    await Promise.all([moe, ada].map((who) => as(who).do("joinRequest.approve", { joinRequestId })));
    expect(await isMember(roomId, outsider)).toBe(true);
    expect(await db().message.count({ where: { roomId, kind: "notice" } })).toBe(1);
    expect(await landingOf(outsider, token)).toMatchObject({ standing: "joined" });
    expect([await countOf(ada), await countOf(moe)]).toEqual([0, 0]);
  });

  it("can be made again seven days after a refusal", async () => {
    const { ada, outsider, roomId, token } = await withLink();
    await askWith(outsider, token);
    const [request] = await requestsOf(ada, roomId);
    const id = request?.id ?? "";
    const { clock } = await as(outsider).do("home.show", {});
    await as(ada).do("joinRequest.refuse", { joinRequestId: id });
    // When the person's clock moves, their open page of the link reloads.
    expect((await as(outsider).do("home.show", {})).clock).toBe(clock + 1);
    expect(outcome(await as(ada).ask("joinRequest.approve", { joinRequestId: id }))).toBe("gone");
    expect(await landingOf(outsider, token)).toMatchObject({ standing: "refused", until: expect.any(String) });
    expect(outcome(await askWith(outsider, token))).toBe("forbidden");
    expect(await isMember(roomId, outsider)).toBe(false);
    await db().joinRequest.update({ where: { id }, data: { endedAt: new Date(Date.now() - 7 * 86_400_000) } });
    expect(outcome(await askWith(outsider, token))).toBe("ok");
  });

  it("ends when the person is added or banned", async () => {
    const { organization, ada, moe, outsider, roomId, token } = await withLink();
    const other = await makePerson(organization);
    for (const who of [outsider, other]) await askWith(who, token);
    await as(ada).do("membership.add", { roomId, personIds: [outsider.id] });
    await as(moe).do("ban.add", { roomId, personId: other.id });
    const states = await db().joinRequest.findMany({ where: { roomId }, orderBy: { id: "asc" } });
    expect(states.map(({ state }) => state)).toEqual(["approved", "withdrawn"]);
    expect(await countOf(ada)).toBe(0);
  });

  it("is counted for an admin of the organization who comes into the room", async () => {
    const { organization, ada, outsider, roomId, room, token } = await withLink();
    await askWith(outsider, token);
    const admin = await makePerson(organization, { role: "admin" });
    await as(ada).do("membership.add", { roomId, personIds: [admin.id] });
    expect(await countOf(admin)).toBe(1);
    await joinAs("member", room, await makePerson(organization));
  });

  it.each([
    ["a moderator of the room", "membership.setRole", "moderator"],
    ["an admin of the organization", "organization.setRole", "admin"],
  ] as const)(
    "is counted at once for a member who becomes %s, and no longer afterwards",
    async (_, operation, role) => {
      const { organization, owner, mia, outsider, roomId, token } = await withLink();
      await joinAs("member", { id: roomId, organizationId: organization.id, name: "" }, owner);
      await askWith(outsider, token);
      const changesAfter = async (change: () => Promise<unknown>) => {
        const { clock, epoch } = await as(mia).do("home.show", {});
        await change();
        return (await as(mia).do("sync", { rooms: {}, me: clock, epoch })).me?.changes;
      };
      const counted = (requestCount: number) => [{ type: "entry", entry: { room: { id: roomId }, requestCount } }];
      const give = (to: typeof role | "member") => () =>
        as(owner)
          .send(operation, { personId: mia.id, role: to, ...(role === "moderator" && { roomId }) })
          .then((answer) => expect(outcome(answer)).toBe("ok"));
      expect(await changesAfter(give(role))).toMatchObject(counted(1));
      expect(await changesAfter(give("member"))).toMatchObject(counted(0));
    },
  );

  it("is told to all who decide by one statement that counts the room's members once", async () => {
    const { organization, room, roomId, outsider, ada, moe, token } = await withLink();
    const more = await makePeople(
      organization,
      Array.from({ length: 20 }, () => ({ role: "admin" as const })),
    );
    await joinAs("member", room, ...more);
    await askWith(outsider, token);
    const [first, ...others] = await Promise.all(
      [ada, moe, ...more].map(async (who) => (await as(who).do("home.show", {})).rooms),
    );
    expect(first).toMatchObject([{ room: { id: roomId }, requestCount: 1 }]);
    const told = await entriesIn(db(), roomId, { condition: Prisma.sql`me.role = 'admin'`, limit: 15 });
    expect([...told.keys()]).toEqual(
      more
        .map(({ id }) => id)
        .toSorted()
        .slice(0, 15),
    );
    for (const [personId, entry] of told)
      expect([entry]).toEqual(others[more.findIndex(({ id }) => id === personId) + 1]);
  });
});
