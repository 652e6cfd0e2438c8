import { afterAll, beforeAll, expect, test } from "vitest";
import type { Parley } from "@/lib/client/parley";
import { db } from "@/lib/server/db";
import { newestIn, openTab, until } from "./harness/client";
import { data, newcomer } from "./harness/login";
import { joinAs, makeGroup, makeOrganization, makeRoom } from "./harness/people";
import { type RunningServer, startServer } from "./harness/server";
import { listStatements, type StatementList } from "./harness/statements";

let database: StatementList;
// A server of its own, so that nothing else is done in the database while statements are listed.
let server: RunningServer;
beforeAll(async () => {
  database = await listStatements(process.env.DATABASE_URL ?? "");
  server = await startServer({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await server.stop();
  await database.shut();
});

/** Ann, Bo and Cy in a room, and a group of Bo alone. */
async function setting() {
  const organization = await makeOrganization();
  const [ann, bo, cy] = [
    await newcomer(server, organization, { name: "Ann" }),
    await newcomer(server, organization, { name: "Bo" }),
    await newcomer(server, organization, { name: "Cy" }),
  ];
  const room = await makeRoom(organization);
  await joinAs("member", room, ann, bo, cy);
  const groupId = await makeGroup(organization, [bo]);
  const { handle: group } = await db().group.findUniqueOrThrow({ where: { id: groupId } });
  const { handle } = await db().person.findUniqueOrThrow({ where: { id: bo.id } });
  return { organization, ann, bo, cy, roomId: room.id, groupId, group, handle };
}
const mentionsIn = (tab: Parley, roomId: string): number[] =>
  [...(tab.stores.rooms.getState().rooms.get(roomId)?.unread.mentions.seqs ?? [])].toSorted((a, b) => a - b);

test("Everybody is told of a mention, and only those whom it means count it: by handle, by group, and as somebody active", async () => {
  const { ann, bo, cy, roomId, group, handle } = await setting();
  const [atBo, atCy] = [await openTab(bo.login), await openTab(cy.login)];
  const say = async (body: string) => data(await ann.login.rest("message.send", { roomId, body }));
  const byHandle = await say(`Hello @${handle}`);
  const byGroup = await say(`Hello @${group}`);
  const toAll = await say("Hello @room");
  for (const tab of [atBo, atCy])
    await until(tab.stores.rooms, "all messages", ({ rooms }) => rooms.get(roomId)?.clock === toAll.seq);
  expect(mentionsIn(atBo, roomId)).toEqual([byHandle.seq, byGroup.seq, toAll.seq]);
  expect(mentionsIn(atCy, roomId)).toEqual([toAll.seq]);

  const activeIn = async () =>
    data(await ann.login.rest("person.browse", { presence: "active" }))
      .people.map(({ id }) => id)
      .toSorted();
  await expect.poll(activeIn).toEqual([bo.id, cy.id].toSorted());
  atCy.stop();
  await expect.poll(activeIn, { timeout: 10_000 }).toEqual([bo.id]);
  const toActive = await say("Anybody @here?");
  await until(atBo.stores.rooms, "it", () => mentionsIn(atBo, roomId).includes(toActive.seq));
  atCy.start();
  await until(atCy.stores.rooms, "it", ({ rooms }) => rooms.get(roomId)?.clock === toActive.seq);
  expect(mentionsIn(atCy, roomId), "who was away").toEqual([toAll.seq]);
  for (const [who, tab] of [
    [bo, atBo],
    [cy, atCy],
  ] as const) {
    const { rooms } = data(await who.login.rest("home.show", {}));
    expect(rooms.find(({ room }) => room.id === roomId)?.mentions).toEqual(mentionsIn(tab, roomId));
    tab.stop();
  }
});

test("A frame tells nobody whom else a group or @here means", async () => {
  const { ann, bo, cy, roomId, group } = await setting();
  const [atBo, atCy] = [await bo.login.listen(), await cy.login.listen()];
  const { id } = data(await ann.login.rest("message.send", { roomId, body: `@${group} @here` }));
  const told = async (listener: typeof atBo) => {
    const row = () => listener.heard.frames.flatMap(({ rows }) => rows).find((each) => each.id === id);
    await listener.until("the message", () => row() !== undefined);
    return row();
  };
  const [toBo, toCy] = [await told(atBo), await told(atCy)];
  expect(toBo).toMatchObject({ isForMe: true });
  expect(JSON.stringify(toCy)).not.toContain(bo.id);
  expect(JSON.stringify({ ...toBo, isForMe: undefined })).toBe(JSON.stringify({ ...toCy, isForMe: undefined }));
  for (const listener of [atBo, atCy]) listener.close();
});

test("A tab that was away counts what mentioned its person meanwhile, also after their groups changed", async () => {
  const { organization, ann, bo, roomId, groupId, group, handle } = await setting();
  const tab = await openTab(bo.login);
  tab.stop();
  const say = async (body: string) => data(await ann.login.rest("message.send", { roomId, body }));
  const [first, second] = [await say(`@${handle}`), await say(`@${group}`)];
  tab.start();
  await until(tab.stores.rooms, "what was missed", () => mentionsIn(tab, roomId).length === 2);
  expect(mentionsIn(tab, roomId)).toEqual([first.seq, second.seq]);
  const owner = await newcomer(server, organization, { name: "Olga", role: "admin" });
  data(await owner.login.rest("group.removeMembers", { groupId, personIds: [bo.id] }));
  await until(tab.stores.rooms, "that the group no longer means them", () => mentionsIn(tab, roomId).length === 1);
  expect(mentionsIn(tab, roomId)).toEqual([first.seq]);
  tab.stop();
});

test("The author's tab shows what did not work, and keeps it until it is dismissed", async () => {
  const { organization, ann, roomId } = await setting();
  const outsider = await newcomer(server, organization, { name: "Eve" });
  const { handle } = await db().person.findUniqueOrThrow({ where: { id: outsider.id } });
  const tab = await openTab(ann.login);
  tab.outbox.send(roomId, `@${handle} and @nobody`);
  await until(tab.stores.outbox, "the note", ({ mentionNotes }) => mentionNotes.has(roomId));
  expect(tab.stores.outbox.getState().mentionNotes.get(roomId)).toMatchObject({
    refused: [],
    outsiderIds: [outsider.id],
  });
  expect(newestIn(tab.stores.rooms.getState().rooms.get(roomId)).some((row) => "notes" in row)).toBe(false);
  tab.stop();
});

test("A message without an @ costs the database what it did, and one with a mention one statement more", async () => {
  const { ann, roomId, handle } = await setting();
  const statementsFor = async (body: string) => {
    const runs: string[][] = [];
    for (let time = 0; time < 5; time++) {
      database.take();
      data(await ann.login.rest("message.send", { roomId, body }));
      const own = database
        .take()
        .filter((statement) => /^append-|^mention-targets|"Mention"|"Message"/.test(statement));
      runs.push(own);
    }
    return runs.reduce((fewest, run) => (run.length < fewest.length ? run : fewest));
  };
  expect(await statementsFor("Plain")).toEqual(["append-skip-plain"]);
  expect(await statementsFor("A mail to x@example.org")).toEqual(["append-skip-plain"]);
  expect(await statementsFor(`Hello @${handle}`)).toEqual(["mention-targets", "append-skip-mentions"]);
});
