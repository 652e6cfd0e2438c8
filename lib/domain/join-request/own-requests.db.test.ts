// What a person sees of their own requests to join rooms, even if the link no longer works.
import { describe, expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, makePerson, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A private room that an outsider has asked to join. Its ask link has been replaced since then. */
async function asked() {
  const staffed = await makeStaffedRoom({ access: "private" });
  const { ada, outsider, roomId } = staffed;
  const { token } = await as(ada).do("askLink.create", { roomId });
  await as(outsider).do("joinRequest.send", { token, note: "I fix the lamp" });
  const { token: next } = await as(ada).do("askLink.create", { roomId });
  const joinRequestId = (await mine(outsider))[0]?.id ?? "";
  return { ...staffed, token, next, joinRequestId };
}
const mine = async (who: TestPerson) => (await as(who).do("joinRequest.listMine", {})).requests;
const withdraw = (who: TestPerson, joinRequestId: string) => as(who).ask("joinRequest.withdraw", { joinRequestId });
const waiting = async (who: TestPerson, roomId: string) => (await as(who).do("joinRequest.list", { roomId })).requests;

describe("Somebody's own requests", () => {
  it("are listed for them alone, also after the link was replaced", async () => {
    const { ada, outsider, room, token, joinRequestId } = await asked();
    expect(await as(outsider).do("joinRequest.show", { token })).toEqual({ state: "revoked" });
    expect(await mine(outsider)).toEqual([
      {
        id: joinRequestId,
        room: { id: room.id, name: room.name, emoji: null },
        note: "I fix the lamp",
        createdAt: expect.any(String),
      },
    ]);
    expect(await mine(ada)).toEqual([]);
  });

  it("can be withdrawn, also twice at once, and made again with the new link", async () => {
    const { ada, outsider, roomId, next, joinRequestId } = await asked();
    const answers = await Promise.all([withdraw(outsider, joinRequestId), withdraw(outsider, joinRequestId)]);
    expect(answers.map(outcome)).toEqual(["ok", "ok"]);
    expect([await mine(outsider), await waiting(ada, roomId)]).toEqual([[], []]);
    expect((await as(ada).do("home.show", {})).rooms[0]?.requestCount).toBe(0);
    await as(outsider).do("joinRequest.send", { token: next });
    expect([await mine(outsider), await waiting(ada, roomId)]).toMatchObject([[{ note: "" }], [{ note: "" }]]);
  });

  it("cannot be withdrawn by somebody else, nor once they are decided", async () => {
    const { ada, moe, outsider, organization, joinRequestId } = await asked();
    for (const who of [ada, moe, await makePerson(organization), (await asked()).outsider])
      expect(outcome(await withdraw(who, joinRequestId))).toBe("not_found");
    await as(ada).do("joinRequest.refuse", { joinRequestId });
    expect(outcome(await withdraw(outsider, joinRequestId))).toBe("gone");
    expect(await mine(outsider)).toEqual([]);
  });

  it("withdrawn and approved at once either let the person in or do not, and end", async () => {
    const { ada, outsider, roomId, joinRequestId } = await asked();
    const [approved] = await Promise.all([
      as(ada).ask("joinRequest.approve", { joinRequestId }),
      withdraw(outsider, joinRequestId),
    ]);
    const isIn = (await db().membership.count({ where: { roomId, personId: outsider.id } })) === 1;
    expect(isIn).toBe(approved.ok);
    expect(await mine(outsider)).toEqual([]);
  });
});

/** Everything that ends a request moves the clock of the person who made it. Their open tabs then reload their requests. */
describe("The tabs of whoever asks hear", () => {
  type Asked = Awaited<ReturnType<typeof asked>>;
  const ends: Record<string, (made: Asked) => Promise<unknown>> = {
    "that the request is withdrawn": ({ outsider, joinRequestId }) => withdraw(outsider, joinRequestId),
    "that it is refused": ({ ada, joinRequestId }) => as(ada).do("joinRequest.refuse", { joinRequestId }),
    "that it is approved": ({ ada, joinRequestId }) => as(ada).do("joinRequest.approve", { joinRequestId }),
    "that they are added": ({ ada, roomId, outsider }) =>
      as(ada).do("membership.add", { roomId, personIds: [outsider.id] }),
    "that it ends with a ban": ({ moe, roomId, outsider }) => as(moe).do("ban.add", { roomId, personId: outsider.id }),
    "that the room is public": ({ ada, roomId }) => as(ada).do("room.setAccess", { roomId, access: "public" }),
    "that the room is deleted": ({ owner, roomId, room }) => as(owner).do("room.delete", { roomId, name: room.name }),
  };
  it.each(Object.entries(ends))("%s", async (_, end) => {
    const made = await asked();
    const { clock, epoch } = await as(made.outsider).do("home.show", {});
    await end(made);
    expect(await mine(made.outsider)).toEqual([]);
    const { me } = await as(made.outsider).do("sync", { rooms: {}, me: clock, epoch });
    expect(me?.to).toBeGreaterThan(clock);
  });

  it("that it is made, in another tab", async () => {
    const { outsider, next, joinRequestId } = await asked();
    await withdraw(outsider, joinRequestId);
    const { clock } = await as(outsider).do("home.show", {});
    await as(outsider).do("joinRequest.send", { token: next });
    expect((await as(outsider).do("home.show", {})).clock).toBe(clock + 1);
  });
});
