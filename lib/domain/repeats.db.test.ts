// Sends every operation twice and checks what its `repeat` promises. New operations are included automatically. An operation with
// `repeat: "intent"` needs an entry in `meanwhile`.
import { beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import type { Answer } from "@/lib/contract/errors";
import { type OperationName, type Operations, operations } from "@/lib/contract/index";
import { handlers } from "@/lib/domain/index";
import { db } from "@/lib/server/db";
import { execute } from "@/lib/server/execute";
import type { Handler } from "@/lib/server/handler";
import { deleteOldIntents } from "@/lib/server/intents";
import { everythingOf } from "@/tests/harness/everything";
import { as, callerOf, makeSession, outcome } from "@/tests/harness/people";
import { makeWorld, samples, type World, worldFor } from "@/tests/harness/samples";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

type IntentName = { [N in OperationName]: Operations[N]["repeat"] extends "intent" ? N : never }[OperationName];

const removeOwner = ({ owner }: World, roomId: string) =>
  db().membership.delete({ where: { roomId_personId: { roomId, personId: owner.id } } });

/** What happens between the owner's request and its repeat. Each entry undoes the request, or makes a second execution fail. */
const meanwhile: { readonly [N in IntentName]: (world: World, data: never) => Promise<unknown> } = {
  "organization.addRooms": (world, data: { rooms: { room: { id: string } }[] }) =>
    removeOwner(world, data.rooms[0]?.room.id ?? ""),
  "organization.update": ({ owner }) => as(owner).do("organization.update", { name: "Two", idleHours: 24 }),
  "organization.create": (_, { organizationId }: { organizationId: string }) =>
    db().organization.update({
      where: { id: organizationId },
      data: { handle: `moved-${organizationId.slice(-12)}` },
    }),
  "organization.setRole": ({ owner, member }) =>
    as(owner).do("organization.setRole", { personId: member.id, role: "member" }),
  "organization.transfer": ({ owner }) => db().person.update({ where: { id: owner.id }, data: { role: "owner" } }),
  "person.deactivate": ({ owner, member }) => as(owner).do("person.reactivate", { personId: member.id }),
  "person.reactivate": ({ owner, deactivated }) => as(owner).do("person.deactivate", { personId: deactivated.id }),
  "person.releaseHandle": ({ organization, member, formerHandle }) =>
    db().formerHandle.create({
      data: { organizationId: organization.id, personId: member.id, handle: formerHandle },
    }),
  "person.endLogins": ({ member }) => makeSession(member),
  "room.create": (world, data: { room: { id: string } }) => removeOwner(world, data.room.id),
  "room.update": ({ room, owner }) =>
    as(owner).do("room.update", {
      roomId: room.id,
      name: "Two",
      topic: "",
      description: "",
      postingPolicy: "everyone",
      history: "everything",
    }),
  "group.create": ({ organization }) => db().group.deleteMany({ where: { organizationId: organization.id } }),
  "group.rename": ({ groupId, owner }) => as(owner).do("group.rename", { groupId, name: "Two" }),
  "group.delete": ({ owner }) => db().person.update({ where: { id: owner.id }, data: { role: "member" } }),
  "group.addMembers": ({ groupId, owner, outsider }) =>
    as(owner).do("group.removeMembers", { groupId, personIds: [outsider.id] }),
  "group.removeMembers": ({ groupId, owner, member }) =>
    as(owner).do("group.addMembers", { groupId, personIds: [member.id] }),
  "room.setAccess": ({ room, owner }) => as(owner).do("room.setAccess", { roomId: room.id, access: "private" }),
  "room.setAvatar": ({ room, owner }) =>
    as(owner).do("room.setAvatar", { roomId: room.id, avatar: { type: "emoji", emoji: "🍵" } }),
  "organization.setPicture": ({ owner }) => as(owner).do("organization.setPicture", { picture: null }),
  "person.setPicture": ({ owner }) => as(owner).do("person.setPicture", { picture: null }),
  "person.update": ({ owner }) => as(owner).do("person.update", { name: "Two", title: "", timeZone: null }),
  "person.setStatus": ({ owner }) => as(owner).do("person.setStatus", { emoji: "", text: "", until: null }),
  "presence.choose": ({ owner }) => as(owner).do("presence.choose", { choice: "auto" }),
  "invite.createForEmail": ({ owner }) =>
    db().invite.deleteMany({ where: { creatorId: owner.id, usedBy: { none: {} } } }),
  "person.setEnd": ({ owner, formerGuest }) =>
    as(owner).do("person.setEnd", { personId: formerGuest.id, endsAt: null }),
  "room.archive": ({ room, owner }) => as(owner).do("room.unarchive", { roomId: room.id }),
  "room.unarchive": ({ archivedRoom, owner }) => as(owner).do("room.archive", { roomId: archivedRoom.id }),
  "room.delete": ({ room }) => db().room.update({ where: { id: room.id }, data: { deletedAt: null } }),
  "room.setDefault": ({ openRoom, owner }) =>
    as(owner).do("room.setDefault", { roomId: openRoom.id, isDefault: false }),
  "room.markUnread": ({ room, owner }) => as(owner).do("room.read", { roomId: room.id, upToSeq: 10 }),
  "thread.setTitle": ({ messageId, owner }) =>
    as(owner).do("thread.setTitle", { threadId: messageId, title: "Another" }),
  "thread.setResolved": ({ messageId, owner }) =>
    as(owner).do("thread.setResolved", { threadId: messageId, isResolved: false }),
  "thread.move": ({ laterMessageId, owner }) => as(owner).do("message.delete", { messageId: laterMessageId }),
  "thread.markUnread": ({ messageId, owner }) => as(owner).do("thread.read", { threadId: messageId }),
  "membership.add": ({ room, moderator, outsider }) =>
    as(moderator).do("membership.remove", { roomId: room.id, personId: outsider.id }),
  "membership.setRole": ({ room, owner, member }) =>
    as(owner).do("membership.setRole", { roomId: room.id, personId: member.id, role: "member" }),
  "membership.remove": ({ room, moderator, member }) =>
    as(moderator).do("membership.add", { roomId: room.id, personIds: [member.id] }),
  "membership.setSection": ({ room, owner }) =>
    as(owner).do("membership.setSection", { roomId: room.id, sectionId: null }),
  "preferences.update": ({ owner }) => as(owner).do("preferences.update", { messageLayout: "bubbles" }),
  "section.create": ({ owner }) => db().personLog.update({ where: { personId: owner.id }, data: { sections: [] } }),
  "section.update": ({ sectionId, owner }) =>
    as(owner).do("section.update", { sectionId, name: "Two", beforeSectionId: null }),
  "section.delete": ({ owner }) => as(owner).do("section.create", { name: "Two" }),
  "block.add": ({ owner, member }) => as(owner).do("block.remove", { personId: member.id }),
  "block.remove": ({ owner, outsideGuest }) => as(owner).do("block.add", { personId: outsideGuest.id }),
  "ban.add": ({ room, moderator, member }) => as(moderator).do("ban.remove", { roomId: room.id, personId: member.id }),
  "ban.remove": ({ room, moderator, banned }) => as(moderator).do("ban.add", { roomId: room.id, personId: banned.id }),
  "membership.join": ({ openRoom, owner }) => as(owner).do("membership.leave", { roomId: openRoom.id }),
  "membership.leave": ({ room, moderator, owner }) =>
    as(moderator).do("membership.add", { roomId: room.id, personIds: [owner.id] }),
  "roomInvite.send": ({ owner }, { id }: { id: string }) => as(owner).do("roomInvite.withdraw", { roomInviteId: id }),
  "roomInvite.accept": (world, { room }: { room: { id: string } }) => removeOwner(world, room.id),
  "roomInvite.decline": ({ roomInviteId: id }) => db().roomInvite.update({ where: { id }, data: { state: "pending" } }),
  "roomInvite.withdraw": ({ sentRoomInviteId: id }) =>
    db().roomInvite.update({ where: { id }, data: { state: "accepted" } }),
  "askLink.revoke": ({ room, owner }) => as(owner).do("askLink.create", { roomId: room.id }),
  "joinRequest.send": ({ owner }) =>
    db().joinRequest.updateMany({ where: { personId: owner.id }, data: { state: "refused", endedAt: new Date() } }),
  "joinRequest.approve": ({ room, moderator, outsider }) =>
    as(moderator).do("membership.remove", { roomId: room.id, personId: outsider.id }),
  "joinRequest.withdraw": ({ ownJoinRequestId: id }) =>
    db().joinRequest.update({ where: { id }, data: { state: "approved" } }),
  "joinRequest.refuse": ({ joinRequestId: id }) =>
    db().joinRequest.update({ where: { id }, data: { state: "withdrawn" } }),
  "message.edit": ({ replyId, owner }) => as(owner).do("message.edit", { messageId: replyId, body: "two" }),
  "message.delete": ({ room }) => db().room.update({ where: { id: room.id }, data: { archivedAt: new Date() } }),
  "pin.add": ({ messageId, owner }) => as(owner).do("pin.remove", { messageId }),
  "pin.remove": ({ pinnedMessageId, owner }) => as(owner).do("pin.add", { messageId: pinnedMessageId }),
  "invite.revoke": ({ owner }) => db().person.update({ where: { id: owner.id }, data: { role: "member" } }),
  "invite.join": ({ inviteId: id }) => db().invite.update({ where: { id }, data: { revokedAt: new Date() } }),
  "session.revoke": ({ otherSessionId }) => db().session.delete({ where: { id: otherSessionId } }),
};
const intentNames = Object.keys(meanwhile) as IntentName[];
const otherNames = (Object.keys(operations) as OperationName[]).filter((name) => operations[name].repeat !== "intent");

/** A second world with other ids. No test changes it. */
let elsewhere: World;
beforeAll(async () => {
  elsewhere = await makeWorld();
});

/** A request from the owner with an `intentId`, in a new world. `ask` sends it. */
async function intentRequest(name: IntentName) {
  const world = await makeWorld();
  const intentId = uuidv7();
  const input = { ...samples[name](world), intentId };
  return { world, intentId, input, ask: () => as(world.owner).send(name, input) };
}
const dataOf = (answer: Answer<unknown> | undefined) => (answer?.ok ? answer.data : answer);
const isRepeated = (answer: Answer<unknown>) => answer.ok && answer.repeated === true;

it("Every operation is tested here, and those with intents need a session and run in one transaction", () => {
  expect([...intentNames, ...otherNames].toSorted()).toEqual(Object.keys(operations).toSorted());
  for (const name of intentNames)
    expect([handlers[name].mode, operations[name].access], name).toEqual(["write", "member"]);
});

it.each(intentNames)(
  "%s, sent five times at once and once later, is done once and always gets the same answer",
  async (name) => {
    const { world, ask } = await intentRequest(name);
    const answers = await Promise.all(Array.from({ length: 5 }, ask));
    expect(answers.map(outcome)).toEqual(Array.from({ length: 5 }, () => "ok"));
    expect(answers.filter((answer) => !isRepeated(answer))).toHaveLength(1);
    const after = await everythingOf(world);
    for (const answer of [...answers, await ask()]) expect(dataOf(answer)).toEqual(dataOf(answers[0]));
    expect(await everythingOf(world)).toEqual(after);
  },
);

it.each(intentNames)("%s, repeated after it was undone, gets the first answer and is not done again", async (name) => {
  const { world, ask } = await intentRequest(name);
  const first = await ask();
  await meanwhile[name](world, dataOf(first) as never);
  const after = await everythingOf(world);
  expect(await ask()).toEqual({ ...first, repeated: true });
  expect(await everythingOf(world)).toEqual(after);
});

/** What makes a request another one, where the samples of all worlds are the same. */
const differently: Partial<Record<OperationName, object>> = { "preferences.update": { messageLayout: "bubbles" } };

it.each(intentNames)("%s with the intentId of another request is a conflict and changes nothing", async (name) => {
  const { world, intentId, ask } = await intentRequest(name);
  const { owner } = world;
  await ask();
  const after = await everythingOf(world);
  const other = name === "message.edit" ? "message.delete" : "message.edit";
  const another = { ...samples[name](elsewhere), ...differently[name], intentId };
  expect(outcome(await as(owner).send(name, another))).toBe("conflict");
  expect(outcome(await as(owner).send(other, { ...samples[other](world), intentId }))).toBe("conflict");
  expect(await everythingOf(world)).toEqual(after);
});

it.each(intentNames)("%s with the intentId of another person is a new request", async (name) => {
  const { world, input, ask } = await intentRequest(name);
  await ask();
  for (const who of [world.member, world.outsider, world.admin]) {
    const answer = await as(who).send(name, input);
    expect(isRepeated(answer)).toBe(false);
    // A refusal must be the same with a new intentId. An allowed call has now taken effect, so it cannot be compared.
    if (!answer.ok) expect(await as(who).send(name, { ...input, intentId: uuidv7() })).toEqual(answer);
  }
});

it.each(intentNames)("%s, repeated without a valid session, does not get the first answer", async (name) => {
  const { world, input, ask } = await intentRequest(name);
  const { id, sessionId } = world.owner;
  // Looks up the caller before the session ends, like a repeat that has been waiting since then.
  const caller = await callerOf(world.owner);
  const late = () => execute(handlers[name] as Handler, caller, input);
  const end = (revokedAt: Date | null) => db().session.update({ where: { id: sessionId }, data: { revokedAt } });
  await ask();
  expect(isRepeated(await late())).toBe(true);
  const refused = { ok: false, error: { code: "unauthenticated", message: expect.any(String) } };
  await end(new Date());
  expect([await late(), await ask()]).toEqual([refused, refused]);
  await end(null);
  await db().person.update({ where: { id }, data: { deactivatedAt: new Date() } });
  expect([await late(), await ask()]).toEqual([refused, refused]);
});

it("A refused request does not use up its intent: it is done when it is repeated and allowed", async () => {
  const { room, owner, outsider } = await makeWorld();
  const intentId = uuidv7();
  const leave = () => as(outsider).send("membership.leave", { roomId: room.id, intentId });
  expect(outcome(await leave())).toBe("not_found");
  await as(owner).do("membership.add", { roomId: room.id, personIds: [outsider.id] });
  expect(await leave()).toEqual({ ok: true, data: {} });
  expect(await leave()).toEqual({ ok: true, data: {}, repeated: true });
});

it("An intent is forgotten ten minutes after its first request, and not before", async () => {
  const { intentId, ask } = await intentRequest("message.edit");
  const age = (minutes: number) =>
    db().$executeRaw`UPDATE parley_moment.intents SET "createdAt" = now() - ${minutes} * interval '1 minute'
      WHERE id = ${intentId}::uuid`;
  await ask();
  await age(9.9);
  await deleteOldIntents();
  expect(isRepeated(await ask())).toBe(true);
  await age(10.1);
  await deleteOldIntents();
  expect(isRepeated(await ask())).toBe(false);
});

it("A request without an intentId stores no intent, and neither does message.send", async () => {
  const { room, messageId, owner } = await makeWorld();
  await as(owner).do("message.send", { roomId: room.id, id: uuidv7(), body: "Good morning" });
  await as(owner).do("message.edit", { messageId, body: "What I meant" });
  const stored = () =>
    db().$queryRaw<object[]>`SELECT operation FROM parley_moment.intents WHERE "personId" = ${owner.id}::uuid`;
  expect(await stored()).toEqual([]);
  await as(owner).do("message.edit", { messageId, body: "What I meant then", intentId: uuidv7() });
  expect(await stored()).toEqual([{ operation: "message.edit" }]);
});

it.each(otherNames.filter((name) => operations[name].repeat !== "never"))(
  "%s needs no intent: the same request again changes nothing",
  async (name) => {
    const world = await worldFor(name);
    const input = samples[name](world);
    const first = await as(world.owner).send(name, input);
    const after = await everythingOf(world);
    const second = await as(world.owner).send(name, input);
    const endsSession = name === "session.end" || name === "organization.leave";
    expect(outcome(second)).toBe(endsSession ? "unauthenticated" : "ok");
    if (operations[name].repeat === "named") expect(second).toEqual(first);
    expect(await everythingOf(world)).toEqual(after);
  },
);

it.each(otherNames)("%s refuses an intentId", async (name) => {
  const answer = await as(elsewhere.owner).send(name, { ...samples[name](elsewhere), intentId: uuidv7() });
  expect(outcome(answer)).toBe("invalid_input");
});
