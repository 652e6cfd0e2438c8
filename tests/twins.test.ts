// Must hold: a blocked person can't find out. Two organizations live through the same script. In one, Ann blocks Pat. All that Pat is
// answered and told, and all that is done in the database for Pat, is the same in both (docs/decisions/0063).
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRooms } from "./harness/people";
import { type RunningServer, startServer } from "./harness/server";
import { listStatements, type StatementList } from "./harness/statements";
import { type Ask, heardAll, marksOf, toldSince, transcriptOf } from "./harness/twins";

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

/** What a server does all the time, and what it does for other processes, which come and go. */
const background = /pg_notify|^(ended-sessions|valid-sessions|seen|add-points|changed-\w+)$/;

/** How often Pat does each thing while statements are noted. The fewest count: a slow machine reads some things twice. */
const times = 5;

async function setting() {
  const organization = await makeOrganization();
  const [pat, ann, cy] = [
    await newcomer(server, organization, { name: "Pat" }),
    await newcomer(server, organization, { name: "Ann" }),
    await newcomer(server, organization, { name: "Cy" }),
  ];
  const [common, inviting, adding, ...more] = await makeRooms(organization, [
    { name: "Common" },
    { name: "Inviting", access: "private" },
    { name: "Adding", access: "private" },
    ...Array.from({ length: 2 * times }, (_, at) => ({ name: `More ${at}`, access: "private" as const })),
  ]);
  await joinAs("member", common, pat, ann, cy);
  for (const room of [inviting, adding, ...more]) await joinAs("admin", room, pat);
  return { pat, ann, cy, common, inviting, adding, more };
}
type Setting = Awaited<ReturnType<typeof setting>>;

/** Lives through the script, and returns what Pat gets. */
async function live(isBlocked: boolean): Promise<{ transcript: string; setting: Setting; unreadOfAnn: number }> {
  const all = await setting();
  const { pat, ann, cy, common, inviting, adding } = all;
  const begun = data(await pat.login.rest("home.show", {}));
  const [atPat, atAnn] = [await pat.login.listen(), await ann.login.listen()];
  await atPat.until("Ann", () => atPat.here()[ann.id] === "active");
  const steps: unknown[] = [];
  let marks = marksOf(atPat.heard);
  const note = async (what: string, answer: unknown = null) => {
    await heardAll(atPat, pat.login, begun);
    steps.push({ what, answer, told: toldSince(atPat.heard, marks), ann: atPat.here()[ann.id] });
    marks = marksOf(atPat.heard);
  };
  /** Pat does something, over HTTP. */
  const does: Ask = async (name, input) => {
    const answer = await pat.login.rest(name, input);
    await note(`Pat: ${name}`, answer);
    return answer;
  };
  /** Somebody else does something. What they are answered is theirs. */
  const elsewhere = async (who: typeof ann, name: Parameters<Ask>[0], input: object) => {
    data(await who.login.rest(name, input));
    await note(`${who.name}: ${name}`);
  };
  const say = (roomId: string, body: string) => does("message.send", { id: uuidv7(), roomId, body });

  if (isBlocked) data(await ann.login.rest("block.add", { personId: pat.id }));
  const roomId = common.id;
  await say(roomId, "Before anything");
  const { id: messageId } = data(await say(roomId, "Hello"));
  await does("message.send", { id: messageId, roomId, body: "Hello" });
  await does("message.edit", { messageId, body: "Hello again" });
  await say(roomId, "Is anybody @here, or @everyone?");
  await does("reaction.add", { messageId, emoji: "🎉" });
  await elsewhere(ann, "reaction.add", { messageId, emoji: "🎉" });
  await does("reaction.list", { messageId });
  await does("reaction.remove", { messageId, emoji: "🎉" });
  await does("room.type", { roomId });
  await elsewhere(cy, "message.send", { roomId, body: "Hi Pat" });
  await elsewhere(ann, "room.read", { roomId });
  await elsewhere(ann, "message.send", { roomId, body: "Good morning" });

  const direct = data(await does("direct.open", { personIds: [ann.id] }));
  await does("direct.open", { personIds: [ann.id] });
  await say(direct.room.id, "Do you get this?");
  await elsewhere(ann, "message.send", { roomId: direct.room.id, body: "For my notes" });
  await elsewhere(ann, "membership.setHidden", { roomId: direct.room.id, hiding: "always" });
  await say(direct.room.id, "And this?");
  const trio = data(await does("direct.open", { personIds: [ann.id, cy.id] }));
  await say(trio.room.id, "To both");

  const invite = data(await does("roomInvite.send", { roomId: inviting.id, personId: ann.id, note: "Come" }));
  await does("roomInvite.send", { roomId: inviting.id, personId: ann.id });
  await does("roomInvite.listSent", {});
  await elsewhere(ann, "roomInvite.accept", { roomInviteId: invite.id });
  await does("membership.add", { roomId: adding.id, personIds: [ann.id] });
  await does("membership.remove", { roomId: adding.id, personId: ann.id });

  data(await ann.login.rest("room.type", { roomId }));
  await atPat.until("typing", ({ typing }) => typing.length > 0);
  await note("Ann types");
  data(await atAnn.ask("presence.update", { state: "idle" }));
  await atPat.until("that Ann is idle", () => atPat.here()[ann.id] === "idle");
  await note("Ann is idle");
  await elsewhere(ann, "person.setStatus", { emoji: "🎧", text: "Focus", until: null });

  await does("message.list", { roomId });
  await does("room.show", { roomId });
  await does("membership.list", { roomId });
  await does("person.show", { personId: ann.id });
  await does("person.list", {});
  await does("room.list", {});
  await does("message.delete", { messageId });
  const unreadOfAnn = data(await ann.login.rest("home.show", {})).rooms.reduce(
    (sum, { unread }) => sum + unread.length,
    0,
  );
  if (isBlocked) data(await ann.login.rest("block.remove", { personId: pat.id }));
  await say(roomId, "Later");
  if (isBlocked) data(await ann.login.rest("block.add", { personId: pat.id }));
  await does("block.list", {});
  await does("home.show", {});
  const { epoch } = begun;
  await does("sync", { rooms: { [roomId]: 0, [direct.room.id]: 0 }, me: begun.clock, organization: 0, epoch });

  atPat.close();
  atAnn.close();
  return { transcript: transcriptOf(steps), setting: all, unreadOfAnn };
}

/** What is done in the database for each thing that Pat does. Nobody is connected. */
async function noted({ pat, ann, cy, common, more }: Setting): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const ask = pat.login.rest;
  const doing: Record<string, (at: number) => Promise<unknown>> = {
    "writing in a room": (at) => ask("message.send", { roomId: common.id, body: `${at}` }),
    "mentioning everybody": () => ask("message.send", { roomId: common.id, body: "@room" }),
    "opening a conversation": () => ask("direct.open", { personIds: [ann.id] }),
    "opening one of three": () => ask("direct.open", { personIds: [ann.id, cy.id] }),
    inviting: (at) => ask("roomInvite.send", { roomId: more[at]?.id, personId: ann.id }),
    adding: (at) => ask("membership.add", { roomId: more[times + at]?.id, personIds: [ann.id] }),
    "reading a room": () => ask("message.list", { roomId: common.id }),
    "looking at somebody": () => ask("person.show", { personId: ann.id }),
    "looking at the members": () => ask("membership.list", { roomId: common.id }),
    "loading everything": () => ask("home.show", {}),
  };
  for (const [what, act] of Object.entries(doing)) {
    const runs: string[][] = [];
    for (let at = 0; at < times; at++) {
      database.take();
      expect(await act(at), what).toMatchObject({ ok: true });
      runs.push(database.take().filter((statement) => !background.test(statement)));
    }
    all[what] = runs.reduce((fewest, run) => (run.length < fewest.length ? run : fewest)).toSorted();
    expect(all[what]?.length, what).toBeGreaterThan(0);
  }
  return all;
}

test("A blocked person is answered and told the same as an unblocked twin, and the database does the same for both", async () => {
  const [twin, blocked] = [await live(false), await live(true)];
  expect(blocked.transcript).toBe(twin.transcript);
  // The block was one: what Pat wrote is not unread for Ann.
  expect(twin.unreadOfAnn).toBeGreaterThan(blocked.unreadOfAnn);
  expect(await noted(blocked.setting)).toEqual(await noted(twin.setting));
});

test("A difference between twins is found", async () => {
  const { pat, common } = await setting();
  const { id } = data(await pat.login.rest("message.send", { roomId: common.id, body: "Hello" }));
  const answer = { id, seq: 7, at: new Date().toISOString() };
  expect(transcriptOf([answer, { id: uuidv7() }])).toBe(transcriptOf([{ ...answer, id: uuidv7() }, { id: uuidv7() }]));
  expect(transcriptOf([answer, { id: uuidv7() }])).not.toBe(transcriptOf([answer, answer]));
  expect(transcriptOf([answer])).not.toBe(transcriptOf([{ ...answer, seq: 8 }]));
  database.take();
  data(await pat.login.rest("message.list", { roomId: common.id }));
  const read = database.take();
  expect(read.some((statement) => statement.includes('FROM "Message"'))).toBe(true);
  data(await pat.login.rest("home.show", {}));
  expect(database.take().toSorted()).not.toEqual(read.toSorted());
});
