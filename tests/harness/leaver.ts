// Somebody who is in two organizations, and leaves one of them.
import { expect } from "vitest";
import { findActorOfLogin } from "@/lib/server/actor";
import { db } from "@/lib/server/db";
import {
  as,
  joinAs,
  joinOrganization,
  makeGroup,
  makeOrganization,
  makePeople,
  makeRoom,
  proveAddress,
  type TestPerson,
} from "./people";

export const password = "this is my password";

/** Mia, in a public and a private room, a conversation and a group of one organization, and in another organization. */
export async function setting() {
  const { owner, ...organization } = await makeOrganization();
  const [mia, ben] = (await makePeople(organization, [{ name: "Mia", password }, { name: "Ben" }])) as [
    TestPerson,
    TestPerson,
  ];
  const elsewhere = await makeOrganization();
  const there = await joinOrganization(mia, elsewhere);
  await proveAddress(mia);
  const open = await makeRoom(organization, { name: "Open" });
  const secret = await makeRoom(organization, { name: "Secret", access: "private" });
  await joinAs("member", open, owner, mia, ben);
  await joinAs("admin", secret, mia);
  await joinAs("member", secret, ben);
  const groupId = await makeGroup(organization, [mia, ben]);
  const { room: direct } = await as(mia).do("direct.open", { personIds: [ben.id] });
  for (const { id: roomId } of [open, secret, direct]) await as(mia).do("message.send", { roomId, body: "By Mia" });
  return { organization, owner, mia, ben, there, open, secret, direct, groupId };
}
export type Setting = Awaited<ReturnType<typeof setting>>;

export const leave = (who: TestPerson) => as(who).ask("organization.leave", {});
export const roomsOf = async ({ id: personId }: { id: string }) => {
  const rows = await db().membership.findMany({ where: { personId }, select: { roomId: true, isCounted: true } });
  return new Map(rows.map(({ roomId, isCounted }) => [roomId, isCounted]));
};
/** Mia with the session that her login has in the organization now. */
export async function signedIn({ organization, mia }: Setting): Promise<TestPerson> {
  const actor = await findActorOfLogin(mia.sessionId, organization.handle);
  if (!actor || actor === "several") throw new Error("Mia's login has no session there.");
  expect(actor.personId).toBe(mia.id);
  return { ...mia, sessionId: actor.sessionId };
}
export const personIn = ({ mia }: Setting) => db().person.findUniqueOrThrow({ where: { id: mia.id } });
