// Several of the client that was written from docs/protocol.md, against a real server. At the end, they show what is stored, as the
// checker of tests/chaos compares it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeConnections } from "../../scripts/test/connections";
import { type Database, startDatabase } from "../chaos/database";
import type { Run } from "../chaos/run-state";
import type { Tab } from "../chaos/tab";
import { readTruth, type Truth } from "../chaos/truth";
import { differencesOf, presenceDifferences } from "../chaos/views";
import { newcomer } from "../harness/login";
import { type LossyWay, lossyWay } from "../harness/lossy";
import { handleOf, joinAs, makeOrganization, makeRoom, type TestPerson, type TestRoom } from "../harness/people";
import { type Random, randomFrom } from "../harness/random";
import { fillRoom } from "../harness/rooms";
import { type RunningServer, startServer } from "../harness/server";
import { type Client, createClient } from "./client";
import type { Message } from "./shapes";

// Its own database: the truth has the whole of it, with the times of commits.
let database: Database;
let server: RunningServer;

beforeAll(async () => {
  database = await startDatabase({ smallDisk: false });
  await closeConnections();
  process.env.DATABASE_URL = database.url;
  server = await startServer({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await server.stop();
  await closeConnections();
  await database.end();
});

interface Actor {
  person: TestPerson;
  client: Client;
  way: LossyWay;
}

/** A person with a client, which connects through a proxy that loses events. */
async function enter(person: TestPerson & { login: { cookie: string } }, random: Random): Promise<Actor> {
  const way = await lossyWay(server, random);
  const { cookie } = person.login;
  const client = createClient({
    url: way.url,
    origin: server.url,
    cookie,
    organization: handleOf(person.organizationId),
  });
  await client.start();
  return { person, client, way };
}

/** A client in the form of the checker's tab. */
function asTab({ person, client }: Actor, everyone: readonly TestPerson[]): Tab {
  const home = client.state.home as NonNullable<Client["state"]["home"]>;
  const { blocks, clock, organizationClock, sessionId } = home;
  const people = [...client.people].filter(([id]) => id !== home.me.id);
  const rooms = [...client.rooms].map(([id, { room, membership, log, loading, unread, mentions, clock: at }]) => {
    const messages = [...log.values()].toSorted((a, b) => a.seq - b.seq);
    const isBlocked = (authorId: string | null) => blocks.people.some(({ personId }) => personId === authorId);
    const lastMessage =
      messages.findLast(({ kind, deletedAt, authorId }) => kind !== "notice" && !deletedAt && !isBlocked(authorId)) ??
      null;
    const ranges = loading === "done" ? [{ from: 0, to: Number.POSITIVE_INFINITY, messages }] : [];
    const counted = { ...unread, mentions };
    const loadState = loading === "done" ? "loaded" : "loading";
    const threads = new Map(); // nobody replies in a thread
    return [id, { room, membership, clock: at, unread: counted, ranges, loadState, lastMessage, threads }] as const;
  });
  const shown = {
    ...home,
    clock,
    organizationClock,
    me: client.people.get(home.me.id) ?? home.me,
    rooms: new Map(rooms),
    drafts: new Map(),
    blocked: { ids: new Set(blocks.people.map(({ personId }) => personId)), tick: blocks.tick },
  };
  const stores = {
    connection: { getState: () => ({ status: client.state.status }) },
    outbox: { getState: () => ({ entries: [] }) },
    rooms: { getState: () => shown },
    people: { getState: () => ({ people: new Map(people) }) },
    presence: { getState: () => ({ states: client.state.presence }) },
  };
  const tab = {
    name: person.name,
    parley: { stores, texts: { read: () => "" } },
    sessionId,
    active: true,
    // The checker then wants the log of this room to be loaded.
    room: rooms[0]?.[0] ?? null,
    browser: { person, team: { people: everyone, owner: person }, lockHolders: new Map() },
    pendingRequests: new Map(),
  };
  return tab as unknown as Tab;
}

/** What the clients show otherwise than it is stored. */
async function differences(actors: readonly Actor[]): Promise<string[]> {
  const truth = await readTruth(database);
  const everyone = actors.map(({ person }) => person);
  const run = { tabs: actors.map((actor) => asTab(actor, everyone)) } as unknown as Run;
  const found = [...differencesOf(run, truth), ...presenceDifferences(run, truth)].map(({ sentence }) => sentence);
  const unloaded = actors.flatMap(({ person, client }) =>
    [...client.rooms.values()].filter(({ loading }) => loading !== "done").map(() => `${person.name} still loads.`),
  );
  return [...found, ...unloaded, ...actors.flatMap((actor) => memberDifferences(actor, truth))];
}

function memberDifferences({ person, client }: Actor, truth: Truth): string[] {
  return [...client.rooms].flatMap(([id, { members }]) => {
    const stored = truth.members.filter(({ roomId, isCounted }) => roomId === id && isCounted);
    const inWords = (all: Iterable<readonly [string, string]>) =>
      [...all]
        .map(([personId, role]) => `${personId} ${role}`)
        .toSorted()
        .join();
    const [shown, wanted] = [inWords(members), inWords(stored.map((one) => [one.personId, one.role] as const))];
    return shown === wanted ? [] : [`${person.name} shows the members ${shown} instead of ${wanted} of ${id}.`];
  });
}

const refusals = ["not_found", "forbidden", "gone", "conflict", "room_archived"];

/** Does one thing at random. Returns whether the server did it. */
async function act(
  { client, way }: Actor,
  random: Random,
  rooms: readonly TestRoom[],
  people: readonly TestPerson[],
  sent: Message[],
) {
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
  const [room, other, message, kind] = [pick(rooms), pick(people), pick(sent), random()];
  const roomId = room.id;
  const messageId = message?.id;
  const personId = other.id;
  const { change, call } = client;
  async function doIt(): Promise<unknown> {
    if (!message || kind < 0.4) {
      const mention = random() < 0.3 ? " for @room" : "";
      const lost = random() < 0.1 ? way.loseAnswer("message.send") : null;
      const sending = client.send(roomId, `Message ${Math.floor(random() * 1e9)}${mention}`);
      if (lost) await Promise.race([lost.lost, sending]).finally(lost.goOn);
      return sent.push(await sending);
    }
    if (kind < 0.5) return change("message.edit", { messageId, body: `Edited ${random()}` });
    if (kind < 0.56) return change("message.delete", { messageId });
    if (kind < 0.7)
      return call(random() < 0.7 ? "reaction.add" : "reaction.remove", { messageId, emoji: pick(["🎉", "👍"]) });
    if (kind < 0.76) return call("room.read", { roomId, upToSeq: Math.floor(random() * 60) });
    if (kind < 0.8) return change("room.markUnread", { roomId, fromSeq: Math.floor(random() * 60) });
    if (kind < 0.84) return change("membership.join", { roomId });
    if (kind < 0.86) return change("membership.leave", { roomId });
    if (kind < 0.89) return change("membership.add", { roomId, personIds: [personId] });
    if (kind < 0.91) return change("membership.remove", { roomId, personId });
    if (kind < 0.93) return change("membership.setRole", { roomId, personId, role: pick(["member", "moderator"]) });
    if (kind < 0.95) return change(random() < 0.6 ? "block.add" : "block.remove", { personId });
    if (kind < 0.97) return change("pin.add", { messageId });
    return change("room.update", { roomId, topic: `Topic ${random()}`, history: pick(["everything", "fromJoining"]) });
  }
  if (random() < 0.04) client.breakConnection();
  return doIt().then(
    () => true,
    ({ message: code }: Error) => {
      expect(refusals).toContain(code);
      return false;
    },
  );
}

test("A client written from the document shows what is stored, whatever it was not told and however often it lost its connection", async () => {
  const organization = await makeOrganization();
  const random = randomFrom(7);
  const people = [
    await newcomer(server, organization, { role: "owner", name: "Olga" }),
    ...(await Promise.all(["Ada", "Bo", "Cleo"].map((name) => newcomer(server, organization, { name })))),
  ] as const;
  const rooms = [await makeRoom(organization), await makeRoom(organization), await makeRoom(organization)] as const;
  for (const room of rooms) await joinAs("member", room, ...people);
  const actors: Actor[] = [];
  for (const person of people) actors.push(await enter(person, random));
  for (const [at, { way }] of actors.entries()) way.lose([0, 0.2, 0.5, 0.9][at] ?? 0);

  const sent: Message[] = [];
  const done = await Promise.all(
    actors.map(async (actor) => {
      let count = 0;
      for (let step = 0; step < 45; step++) if (await act(actor, random, rooms, people, sent)) count++;
      return count;
    }),
  );
  // Most actions succeeded, and events were lost, or the test would prove nothing.
  expect(done.reduce((sum, count) => sum + count)).toBeGreaterThan(80);
  const lost = actors.map(({ way }) => way.counts.lost);
  console.log(`done: ${done.join(", ")}; events lost: ${lost.join(", ")}`);
  expect(Math.max(...lost)).toBeGreaterThan(20);

  // Everybody is in the rooms again, and some miss more than a delta has and more unread messages than an entry lists.
  for (const { way } of actors) way.lose(0);
  const [{ client: owner }, ...others] = actors as [Actor, ...Actor[]];
  const personIds = people.map(({ id }) => id);
  for (const { id: roomId } of rooms) {
    await owner.change("membership.join", { roomId });
    await owner.change("membership.add", { roomId, personIds });
  }
  for (const { client } of others) client.breakConnection();
  await fillRoom(rooms[0], people[0], 250);
  // One more message in each room, so that every client notices what it missed. The owner, who caused the notices, reads nothing.
  for (const [at, { client }] of others.entries()) await client.send((rooms[at] as TestRoom).id, "The end");
  await expect.poll(() => differences(actors), { timeout: 15_000, interval: 200 }).toEqual([]);

  for (const { client, way } of actors) {
    client.stop();
    way.close();
  }
});

test("After a restore, the client shows the restored state", async () => {
  const organization = await makeOrganization();
  const person = await newcomer(server, organization, { role: "owner" });
  const room = await makeRoom(organization);
  await joinAs("member", room, person);
  const actor = await enter(person, randomFrom(1));
  for (const body of ["one", "two", "three"]) await actor.client.send(room.id, body);
  await expect.poll(() => differences([actor]), { timeout: 10_000 }).toEqual([]);

  // As if the backup had been made after the first message.
  actor.way.lose(1);
  await database.query(`DELETE FROM "Message" WHERE "roomId" = $1 AND seq > 1`, [room.id]);
  await database.query(`UPDATE "Room" SET clock = 1 WHERE id = $1`, [room.id]);
  await database.query(`UPDATE "Organization" SET epoch = gen_random_uuid() WHERE id = $1`, [organization.id]);
  actor.client.breakConnection();
  await expect.poll(() => differences([actor]), { timeout: 10_000 }).toEqual([]);
  expect([...(actor.client.rooms.get(room.id)?.log.values() ?? [])].map(({ body }) => body)).toEqual(["one"]);
  actor.client.stop();
  actor.way.close();
});
