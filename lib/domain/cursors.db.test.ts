import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { as, joinAs, makeOrganization, makePerson, makeRoom, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // this is not about limits

/** Lists with a cursor, and a cursor that names a row the caller may not see. */
const lists: Record<string, () => Promise<{ asker: TestPerson; hidden: string; given?: object }>> = {
  "room.list": async () => {
    const organization = await makeOrganization();
    const asker = await makePerson(organization);
    const [, hidden] = await Promise.all([
      makeRoom(organization, { name: "alpha" }),
      makeRoom(organization, { name: "middle", access: "private" }),
      makeRoom(organization, { name: "omega" }),
    ]);
    return { asker, hidden: hidden.id };
  },
  "person.list": async () => {
    const organization = await makeOrganization();
    const [asker, , hidden] = await Promise.all([
      makePerson(organization, { role: "guest", name: "Alpha" }),
      makePerson(organization, { name: "Ada" }),
      makePerson(organization, { name: "Middle" }),
    ]);
    const omega = await makePerson(organization, { name: "Omega" });
    await joinAs("member", await makeRoom(organization), asker, omega);
    return { asker, hidden: hidden.id };
  },
  "membership.list": async () => {
    const organization = await makeOrganization();
    const [asker, omega, hidden] = await Promise.all([
      makePerson(organization, { role: "guest", name: "Alpha" }),
      makePerson(organization, { name: "Omega" }),
      makePerson(organization, { name: "Middle" }),
    ]);
    const room = await makeRoom(organization);
    await joinAs("member", room, asker, omega);
    return { asker, hidden: hidden.id, given: { roomId: room.id } };
  },
  "invite.list": async () => {
    const { owner } = await makeOrganization();
    const elsewhere = await makeOrganization();
    await as(owner).do("invite.create", {});
    const { invite } = await as(elsewhere.owner).do("invite.create", {});
    await as(owner).do("invite.create", {});
    return { asker: owner, hidden: invite.id };
  },
};

it("Every list with a cursor is in this test", () => {
  const withCursor = Object.entries(operations).filter(([, { input }]) => {
    const after = (input.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>).after;
    return after?.safeParse(uuidv7()).success && !after.safeParse(1).success;
  });
  expect(withCursor.map(([name]) => name).toSorted()).toEqual(Object.keys(lists).toSorted());
});

it.each(Object.entries(lists))(
  "%s goes on after what one may not know of as after what does not exist",
  async (name, make) => {
    const { asker, hidden, given } = await make();
    const after = (id: string) => as(asker).do(name as OperationName, { ...given, limit: 10, after: id });
    const [unknown, nothing] = [await after(hidden), await after(uuidv7())];
    expect(unknown).toEqual(nothing);
    expect(JSON.stringify(nothing).length).toBeGreaterThan(100);
  },
);
