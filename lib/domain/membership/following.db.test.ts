import { expect, it } from "vitest";
import { handle } from "@/lib/server/handler";
import { operations } from "@/lib/contract/index";
import { yes } from "@/lib/policy/decision";
import { db } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import type { Handler } from "@/lib/server/handler";
import {
  as,
  callerOf,
  makeGroup,
  makeOrganizationOf,
  makePerson,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";
import { endClosedMemberships, lockRestrictedRooms } from "./following";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** An owner, an admin, and a restricted room that a group opens. Neither person is in the group. */
async function setting() {
  const { id, people } = await makeOrganizationOf([
    { role: "owner", name: "Olga" },
    { role: "admin", name: "Ada" },
  ]);
  const [owner, ada] = people;
  const groupId = await makeGroup({ id }, []);
  const room = await makeRoom({ id }, { access: "restricted", groupIds: [groupId] });
  return { organization: { id }, owner, ada, groupId, roomId: room.id };
}

/** Takes the admin role from a person, with the same steps as an operation that changes roles. */
async function demote(owner: TestPerson, person: TestPerson) {
  const handler = handle(operations["room.type"], {
    mode: "write",
    load: async ({ tx, actor }) => ({ rooms: await lockRestrictedRooms(tx, actor.organizationId) }),
    allow: () => yes,
    async run({ tx, actor, subject, announce }) {
      await tx.person.update({ where: { id: person.id }, data: { role: "member" } });
      announce.people(actor.organizationId, [person.id]);
      await endClosedMemberships(tx, announce, subject.rooms, [person.id], actor.personId);
      return {};
    },
  });
  const caller = await callerOf(owner);
  return outcome(await execute(handler as Handler, caller, { roomId: person.id }));
}
const join = (who: TestPerson, roomId: string) => as(who).ask("membership.join", { roomId });
const isIn = async (who: TestPerson, roomId: string) =>
  (await db().membership.count({ where: { roomId, personId: who.id } })) === 1;

it("Who loses the role through which they joined a restricted room leaves it, unless a group opens it to them", async () => {
  const { owner, ada, organization, groupId, roomId } = await setting();
  const { id: other } = await makeRoom(organization, {
    access: "restricted",
    groupIds: [await makeGroup(organization, [ada])],
  });
  for (const id of [roomId, other]) expect(outcome(await join(ada, id))).toBe("ok");
  expect(await demote(owner, ada)).toBe("ok");
  expect([await isIn(ada, roomId), await isIn(ada, other)]).toEqual([false, true]);
  expect(outcome(await join(ada, roomId))).toBe("not_found");
  await as(owner).do("group.addMembers", { groupId, personIds: [ada.id] });
  expect(outcome(await join(ada, roomId))).toBe("ok");
});

it("Of losing the role and joining through it at once, twenty times, none leaves somebody in the room", {
  timeout: 60_000,
}, async () => {
  for (let time = 0; time < 20; time++) {
    const { owner, ada, roomId } = await setting();
    const [demoted] = await Promise.all([demote(owner, ada), join(ada, roomId)]);
    expect([demoted, await isIn(ada, roomId)]).toEqual(["ok", false]);
  }
});

it("Whom somebody adds or invites stays when the group that opened the room to them goes, also if they were in it already", async () => {
  const { owner, ada, organization, groupId, roomId } = await setting();
  const people = [await makePerson(organization), await makePerson(organization), await makePerson(organization)];
  const [added, invited, alone] = people as [TestPerson, TestPerson, TestPerson];
  await as(owner).do("group.addMembers", { groupId, personIds: people.map(({ id }) => id) });
  await join(owner, roomId);
  await as(owner).do("roomInvite.send", { roomId, personId: invited.id });
  for (const person of people) expect(outcome(await join(person, roomId))).toBe("ok");
  await as(owner).do("membership.add", { roomId, personIds: [added.id] });
  expect(outcome(await join(ada, roomId))).toBe("ok");
  await as(owner).do("group.removeMembers", { groupId, personIds: people.map(({ id }) => id) });
  expect([await isIn(added, roomId), await isIn(invited, roomId), await isIn(alone, roomId)]).toEqual([
    true,
    true,
    false,
  ]);
});
