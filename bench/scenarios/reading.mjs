// The cost of opening rooms and the home, and the memory of the whole product when idle.
import path from "node:path";
import { mkdirSync } from "node:fs";
import { startDatabase } from "../database.mjs";
import { median, quantile } from "../figures.mjs";
import { pause } from "../generator/load.mjs";
import { startParley } from "../parley/server.mjs";
import { fillRooms, makeRooms } from "../parley/people.mjs";
import { memoryOf } from "../processor.mjs";
import { failed, shown, target } from "../targets.mjs";
import { withCrowd, withGenerator } from "./with-generator.mjs";

const PAGE = 50;
const MIB = 2 ** 20;

/** The same requests to a long room and to a short one, in turn. */
export async function longRoom({ systems, quick, log }) {
  const parley = await systems.Parley();
  const lengths = { short: 1_000, long: quick ? 100_000 : 1_000_000 };
  const times = quick ? 50 : 200;
  const organization = await parley.organization(2);
  const [person] = organization.people;
  const [short, long] = await makeRooms(parley.client, organization, [organization.people, organization.people]);
  const rooms = { short, long };
  log(`long room: writing ${shown(lengths.long)} messages`);
  for (const [name, roomId] of Object.entries(rooms)) {
    await fillRooms(parley.client, organization, [roomId], person, lengths[name]);
  }
  await parley.client.query(`ANALYZE "Message"`);
  const questions = Array.from({ length: times }, () =>
    Object.entries(rooms).flatMap(([name, roomId]) => {
      const around = PAGE + Math.floor(Math.random() * (lengths[name] - 2 * PAGE));
      return [
        { key: `${name} newest`, name: "message.list", input: { roomId, limit: PAGE } },
        { key: `${name} around`, name: "message.list", input: { roomId, limit: PAGE, around } },
      ];
    }),
  ).flat();
  return withGenerator(async (generator) => {
    log("long room: reading");
    const visitor = { url: parley.urls[0], cookie: person.cookie };
    await generator.ask("askInTurn", { person: visitor, questions: questions.slice(0, 40), rows: PAGE });
    const { took, faults } = await generator.ask("askInTurn", { person: visitor, questions, rows: PAGE });
    const rows = ["newest", "around"].map((place) => {
      const [inLong, inShort] = [median(took[`long ${place}`]), median(took[`short ${place}`])];
      const what = place === "newest" ? "opening a room" : "a page around any message";
      return target(`${what} of ${shown(lengths.long)} messages against one of 1,000`, inLong / inShort, {
        atMost: 1.3,
        unit: "x",
        detail: `p50 ${shown(inLong)} / ${shown(inShort)} ms`,
      });
    });
    return { rows: failed(rows, faults), faults };
  });
}

/** The first screen of a person in 200 rooms, each with unread messages, in an organization of 5,000. */
export async function home({ systems, quick, log }) {
  const parley = await systems.Parley();
  const [rooms, people, large] = [200, quick ? 500 : 5_000, 20];
  const [members, messages, times] = [100, 200, quick ? 20 : 60];
  log(`home: making ${shown(people)} people and ${rooms} rooms`);
  const organization = await parley.organization(people);
  const [me, author] = organization.people;
  const memberships = Array.from({ length: rooms }, (_, at) =>
    at < large ? organization.people : organization.people.slice(0, members),
  );
  const roomIds = await makeRooms(parley.client, organization, memberships);
  await fillRooms(parley.client, organization, roomIds, author, messages);
  // 1 to 100 unread messages, varying by room.
  const unread = (at) => (at % 100) + 1;
  await parley.client.query(
    `UPDATE "Membership" m SET "lastReadSeq" = $3 - x.unread FROM unnest($1::uuid[], $2::int[]) AS x(room, unread)
     WHERE m."roomId" = x.room AND m."personId" = $4`,
    [roomIds, roomIds.map((_, at) => unread(at)), messages, me.id],
  );
  // Every tenth message mentions somebody: in every other room, the one who asks.
  await parley.client.query(
    `INSERT INTO "Mention" ("organizationId", "roomId", "messageId", kind, "targetId", seq)
     SELECT m."organizationId", m."roomId", m.id, 'person', CASE WHEN x.place % 2 = 0 THEN $2::uuid ELSE $3::uuid END, m.seq
     FROM unnest($1::uuid[]) WITH ORDINALITY AS x(room, place) JOIN "Message" m ON m."roomId" = x.room AND m.seq % 10 = 0`,
    [roomIds, me.id, author.id],
  );
  await parley.client.query("ANALYZE");
  const expected = { rooms, unread: roomIds.reduce((sum, _, at) => sum + unread(at), 0) };
  return withGenerator(async (generator) => {
    log("home: reading");
    const asked = { person: { url: parley.urls[0], cookie: me.cookie }, path: "/api/home", expected };
    await generator.ask("get", { ...asked, times: 5 });
    const { took, faults } = await generator.ask("get", { ...asked, times });
    const what = `home: ${rooms} rooms with unread and mentions (${large} of them with everybody), ${shown(people)} members: p95`;
    const row = target(what, quantile(took, 0.95), {
      atMost: 60,
      unit: " ms",
      detail: `p50 ${shown(median(took))} ms`,
    });
    return { rows: failed([row], faults), faults };
  });
}

/** The memory of server and database after a little use. Uses its own database. */
export async function footprint({ root, folder, endings, quick, log }) {
  log("whole product with 20 people: using it a little");
  const place = path.join(folder, "footprint");
  mkdirSync(place, { mode: 0o755 });
  const database = await startDatabase(place, log);
  endings.push(() => database.stop());
  const parley = await startParley({ root, database, folder: place }, "parley");
  endings.push(() => parley.stop());
  return withCrowd(parley, 1, 20, async (generator) => {
    const watch = { server: parley.pids, database: [database.pid] };
    await generator.ask("closedLoop", { senders: 2, warmMs: 0, ms: 1_000, watch });
    await pause(quick ? 3_000 : 15_000);
    const [server, stored] = [memoryOf(parley.pids[0]) / MIB, memoryOf(database.pid) / MIB];
    const faults = await generator.ask("check");
    const detail = `server ${shown(server)} + database ${shown(stored)} MiB; what is shared counts once`;
    const row = target("whole product idle with 20 people: memory", server + stored, {
      atMost: 350,
      unit: " MiB",
      detail,
    });
    return { rows: failed([row], faults), faults };
  });
}
