import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { freePortFor } from "../scripts/setup/ports.mjs";
import { as, joinAs, makeGroup, makeOrganization, makePerson, makeRoom } from "./harness/people";
import type { TestPerson, TestRoom } from "./harness/people";
import { aPicture } from "./harness/picture";
import { makeWorld } from "./harness/samples";
import { closeConnections } from "../scripts/test/connections";
import { besides, command, everything, query, runningDatabase, writeInto } from "./installation";
import { answers, newPlace, type Place, postgresPid, root, start, type Started } from "./started";

// Who writes here writes faster than a person may; read when the first of them asks.
process.env.LIMIT_FACTOR = "1000";

// One Parley that runs, with people writing in it; what is made from it goes into folders and databases of their own.
const ODD = [
  "مرحبا بالعالم",
  "上海、東京 — 서울 👩‍👩‍👧‍👦 🏳️‍🌈",
  'line\nbreak\r\n\ttab "quotes" \\backslash\\n {"json":[1]} \\u0041',
  "separators \u2028 and \u2029, marks \u200f\u202e\ufeff, \u007f\u0001",
  "%s $1 ' -- ; DROP TABLE x",
  "x".repeat(16_000),
];
const folder = fs.mkdtempSync(path.join(tmpdir(), "parley-backup-"));
const file = path.join(folder, "quiet.parley");
let place: Place;
let parley: Started;
let url: string;
let author: TestPerson;
let room: TestRoom;

beforeAll(async () => {
  place = await newPlace();
  parley = start(place, { LOG_LEVEL: "error" });
  await parley.says("Press Ctrl-C to stop");
  url = await writeInto(place);
  process.env.DATA_DIR = place.dataDir;
  process.env.AUTH_SECRET = "of no meaning to what is tested here, but long enough";
  await fill();
  expect(await command("backup", [file], place)).toMatchObject({ code: 0, refusal: "" });
}, 60_000);

afterAll(async () => {
  await closeConnections();
  parley.process.kill("SIGTERM");
  await parley.ended;
  for (const each of [folder, place.folder]) fs.rmSync(each, { recursive: true, force: true });
});

/** Rows for every table, with each column both set and null, and text that is easily corrupted. */
async function fill() {
  await makeWorld();
  const organization = await makeOrganization();
  author = await makePerson(organization, { name: ODD[1]?.slice(0, 20) });
  room = await makeRoom(organization, { name: "عام" });
  await joinAs("member", room, author, organization.owner);
  await db().room.update({ where: { id: room.id }, data: { emoji: "👩‍👩‍👧‍👦", picture: "without a file" } });
  await db().person.update({ where: { id: author.id }, data: { picture: "without a file" } });
  const groupId = await makeGroup(organization, [author]);
  await makeRoom(organization, { access: "restricted", groupIds: [groupId], archivedAt: new Date() });
  for (const body of ODD) {
    const message = await as(author).do("message.send", { roomId: room.id, body });
    await as(author).do("message.edit", { messageId: message.id, body: `${body.slice(0, 100)} edited` });
    await as(author).do("reaction.add", { messageId: message.id, emoji: "👩‍❤️‍💋‍👨" });
    if (body === ODD[3]) await as(author).do("reaction.remove", { messageId: message.id, emoji: "👩‍❤️‍💋‍👨" });
    await as(author).do("message.send", { roomId: room.id, body: `@room ${body.slice(0, 100)}` });
    if (body === ODD[4]) await as(author).do("message.delete", { messageId: message.id });
  }
  const other = await as(author).do("room.create", { name: "notices tell of it", access: "public" });
  await as(organization.owner).do("membership.join", { roomId: other.room.id });
  const { id: organizationId, owner } = organization;
  const [later, creatorId] = [new Date(Date.now() + 123_456), owner.id];
  const inviteId = crypto.randomUUID();
  await db().invite.create({ data: { id: inviteId, organizationId, tokenHash: "a", creatorId, expiresAt: later } });
  const byEmail = { id: crypto.randomUUID(), email: "上海@example.org", sentAt: later, guestEndsAt: later };
  await db().invite.create({ data: { ...byEmail, organizationId, tokenHash: "b", creatorId } });
  await db().account.update({ where: { email: author.email }, data: { emailProvenAt: later } });
  await db().inviteRoom.create({ data: { organizationId, inviteId, roomId: room.id } });
  await db().inviteGroup.create({ data: { organizationId, inviteId, groupId } });
  await db().session.update({ where: { id: owner.sessionId }, data: { revokedAt: later, endedBy: "here" } });
  await db().login.update({ where: { id: owner.sessionId }, data: { endedAt: later } });
  const log = { clock: 3 };
  await db().organizationLog.upsert({ where: { organizationId }, create: { organizationId, ...log }, update: log });
  // The JSON value null is not the same as no value.
  await query(url, `UPDATE "Message" SET "notice" = 'null' WHERE "body" LIKE 'separators%'`);
}

const rewritten = (name: string, change: (lines: string[]) => string[]): string => {
  const lines = gunzipSync(fs.readFileSync(file)).toString().split("\n");
  const changed = path.join(folder, name);
  fs.writeFileSync(changed, gzipSync(change(lines).join("\n")));
  return changed;
};

const header = (change: object) => (lines: string[]) => {
  const [first = "", ...rest] = lines;
  return [JSON.stringify({ ...JSON.parse(first), ...change }), ...rest];
};

test("a restore into an empty folder has every row of the backup, and a new epoch", async () => {
  const dataDir = path.join(folder, "new");
  const restored = await command("restore", [file], { dataDir });
  expect(restored).toMatchObject({ code: 0, refusal: "" });

  const again = { ...place, dataDir, port: await freePortFor(dataDir) };
  const second = start(again, { LOG_LEVEL: "error" });
  try {
    await second.says(`Parley is running at`);
    expect(await answers(again)).toBe(true);
    const copy = runningDatabase(again);
    const [there, here] = [await everything(copy), await everything(url)];
    expect(Object.entries(here).filter(([, rows]) => rows.length === 0)).toEqual([]);
    expect(there).toEqual(here);
    const epochs = `SELECT "epoch" FROM "Organization" ORDER BY "id"`;
    expect(await query(copy, epochs)).not.toEqual(await query(url, epochs));
    const keys = `SELECT conname, pg_get_constraintdef(oid) AS is FROM pg_constraint WHERE contype = 'f' ORDER BY 1`;
    expect(await query(copy, keys)).toEqual(await query(url, keys));
    const proxied = { ...again, env: { PUBLIC_URL: "https://chat.example.org" } };
    const hinted = { code: 0, refusal: "", said: expect.stringContaining("HINT: ") };
    expect(await command("doctor", [], proxied)).toMatchObject(hinted);
    expect((await command("restore", [file], again)).refusal).toContain("Parley is already running here");
  } finally {
    second.process.kill("SIGTERM");
    await second.ended;
  }
  // If no server runs, the backup starts the database itself.
  const copied = path.join(folder, "copied.parley");
  expect(await command("backup", [copied], { dataDir })).toMatchObject({ code: 0, refusal: "" });
  expect(postgresPid(again)).toBe(0);
  expect((await command("restore", [file], { dataDir })).refusal).toMatch(/^The database is not empty \(.*\)/);
});

test("a backup taken while people write is one consistent snapshot, and delays nobody", async () => {
  const busy = path.join(folder, "busy.parley");
  const count = async (from: string) =>
    (await query<{ n: number }>(from, `SELECT count(*)::int AS n FROM "Message"`))[0]?.n ?? 0;
  // Enough to read that people write between the reading of messages and of the rooms' clocks.
  await query(
    url,
    `INSERT INTO "MessageRevision" ("id", "organizationId", "messageId", "body")
     SELECT gen_random_uuid(), "organizationId", "id", 'before' FROM "Message", generate_series(1, 10000)
     WHERE "body" LIKE '%xx edited'`,
  );
  let isWriting = true;
  const write = async () => {
    while (isWriting) {
      const { id } = await as(author).do("message.send", { roomId: room.id, body: ODD[0] ?? "" });
      await as(author).do("message.edit", { messageId: id, body: "said otherwise" });
    }
  };
  const before = await count(url);
  const writers = [write(), write(), write()];
  await expect.poll(() => count(url)).toBeGreaterThan(before);
  const done = await command("backup", [busy], place);
  isWriting = false;
  await Promise.all(writers);
  expect(done).toMatchObject({ code: 0, refusal: "" });
  expect(fs.statSync(busy).mode & 0o777).toBe(0o600);

  const target = { ...place, dataDir: path.join(folder, "unused"), env: { DATABASE_URL: besides(url, "busy") } };
  expect(await command("restore", [busy], target)).toMatchObject({ code: 0, refusal: "" });
  expect(await count(target.env.DATABASE_URL)).toBeGreaterThan(before);
  expect(await count(target.env.DATABASE_URL)).toBeLessThan(await count(url));
  // Every tick of the room up to the clock is there: as the latest of a message, or as the place of one changed later.
  const gaps = `SELECT tick FROM "Room" r, generate_series(1, r."clock") tick WHERE r."id" = '${room.id}' AND NOT EXISTS (
    SELECT 1 FROM "Message" m WHERE m."roomId" = r."id" AND tick IN (m."seq", m."changedSeq"))`;
  expect(await query(target.env.DATABASE_URL, gaps)).toEqual(await query(url, gaps));
  expect(await command("doctor", [], target)).toMatchObject({ code: 0, refusal: "" });
});

test("the doctor reports each fault in a sentence and changes nothing", async () => {
  const target = { ...place, dataDir: path.join(folder, "unused"), env: { DATABASE_URL: besides(url, "damaged") } };
  expect(await command("restore", [file], target)).toMatchObject({ code: 0 });
  const nobody = crypto.randomUUID();
  await query(
    target.env.DATABASE_URL,
    `SET session_replication_role = replica;
     UPDATE "Room" SET "clock" = 3, "changedSeq" = 4, "access" = 'restricted' WHERE "id" = '${room.id}';
     UPDATE "Message" SET "changedSeq" = 0 WHERE "body" LIKE 'x%';
     UPDATE "Message" SET "body" = 'still here' WHERE "deletedAt" IS NOT NULL;
     UPDATE "Membership" SET "lastReadSeq" = 99, "joinedSeq" = 99, "floorSeq" = 99 WHERE "personId" = '${author.id}';
     UPDATE "Membership" SET "organizationId" = '${nobody}' WHERE "personId" = '${author.id}';
     UPDATE "Session" SET "personId" = '${nobody}' WHERE "personId" = '${author.id}';
     UPDATE "Login" SET "endedAt" = now(), "accountId" = '${nobody}' WHERE "endedAt" IS NULL;
     UPDATE "PasswordReset" SET "personId" = '${nobody}';
     UPDATE "MessageRevision" SET "organizationId" = '${nobody}';
     UPDATE "Person" SET "role" = 'member';
     DROP INDEX "Message_roomId_seq_key";
     UPDATE "Message" SET "seq" = 1 WHERE "body" LIKE '%xx edited'`,
  );
  const before = await everything(target.env.DATABASE_URL);
  const { code, said } = await command("doctor", [], target);
  expect(code).toBe(1);
  for (const sentence of [
    "rooms have a clock behind their log",
    "rooms were changed after the latest tick",
    "2 messages have the same position",
    "messages have an impossible place, or were changed before they were sent",
    "memberships have a read position (lastReadSeq) higher",
    "memberships have a joining position (joinedSeq) higher",
    "memberships begin to see their room (floorSeq) after its clock",
    "restricted rooms are open to no group",
    "revisions belong to a different organization",
    "1 deleted messages still have",
    "organizations have no active owner",
    "sessions belong to a login of another account",
    "sessions are still valid although their login has ended",
    "rows of Login refer to a Account that does not exist",
    "rows of Membership refer to a Room that does not exist",
    "rows of Membership refer to a Person that does not exist",
    "1 rows of Session refer to a Person that does not exist",
    "1 rows of PasswordReset refer to a Person that does not exist",
  ]) {
    expect(said).toContain(sentence);
  }
  expect(await everything(target.env.DATABASE_URL)).toEqual(before);
});

test.each<[string, () => string, string]>([
  ["no file", () => path.join(folder, "none.parley"), "Can't find "],
  ["another file", () => path.join(root, "package.json"), "is not a backup of Parley"],
  ["another compressed file", () => rewritten("other", () => ["hello"]), "is not a backup of Parley"],
  [
    "a file cut short",
    () => {
      const cut = path.join(folder, "cut");
      fs.writeFileSync(cut, fs.readFileSync(file).subarray(0, -2_000));
      return cut;
    },
    "is damaged or incomplete",
  ],
  ["a file without its end", () => rewritten("endless", (lines) => lines.slice(0, -2)), "is damaged or incomplete"],
  [
    "a changed word",
    () => rewritten("changed", (lines) => lines.map((line) => line.replace("عام", "خاص"))),
    "is damaged",
  ],
  ["a newer format", () => rewritten("format", header({ format: 2 })), "was written by another version of Parley"],
  [
    "a newer database",
    () => rewritten("newer", header({ migrations: [{ name: "99999999999999_later", checksum: "" }] })),
    "is from a newer version of Parley (migration 99999999999999_later)",
  ],
  [
    "a file that wants to be elsewhere",
    () => rewritten("escape", (lines) => [...lines.slice(0, 1), '{"file":"../../escaped"}', ...lines.slice(1)]),
    "is damaged",
  ],
])("%s is refused in one sentence, before anything is touched", async (_, make, sentence) => {
  const dataDir = path.join(folder, "untouched");
  const { code, refusal } = await command("restore", [make()], { dataDir });
  expect(refusal).toContain(sentence);
  expect(refusal.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
  expect(fs.existsSync(dataDir)).toBe(false);
});

test("a restore never overwrites a database in use, and a backup never an existing file", async () => {
  const before = await everything(url);
  const inUse = await command("restore", [file], { dataDir: path.join(folder, "unused"), env: { DATABASE_URL: url } });
  expect(inUse).toMatchObject({ code: 1, refusal: expect.stringMatching(/^The database is in use.*\n$/) });
  expect(await everything(url)).toEqual(before);

  const content = fs.readFileSync(file);
  expect(await command("backup", [file], place)).toMatchObject({
    code: 1,
    refusal: expect.stringContaining("--force"),
  });
  expect(fs.readFileSync(file).equals(content)).toBe(true);
});

test("a backup includes uploaded files, and the sign-in secret if asked for", async () => {
  const inside = path.join(place.dataDir, "files/ab");
  fs.mkdirSync(inside, { recursive: true });
  const content = Buffer.from(Array.from({ length: 2_000_000 }, (_, at) => (at * at) % 251));
  fs.writeFileSync(path.join(inside, "cd 上海.bin"), content);
  fs.writeFileSync(path.join(inside, "empty"), "");
  const { picture } = await as(author).do("person.setPicture", { picture: aPicture() });
  const whole = path.join(folder, "whole.parley");
  expect((await command("backup", [whole, "--with-secrets"], place)).said).toContain("4 files");

  const dataDir = path.join(folder, "with-files");
  const target = { dataDir, env: { DATABASE_URL: besides(url, "files") } };
  expect(await command("restore", [whole], target)).toMatchObject({ code: 0, refusal: "" });
  expect(fs.readFileSync(path.join(dataDir, "files/ab/cd 上海.bin")).equals(content)).toBe(true);
  expect(fs.statSync(path.join(dataDir, "files/ab/empty")).size).toBe(0);
  const [restored] = await query<{ organizationId: string; picture: string }>(
    target.env.DATABASE_URL,
    `SELECT "organizationId", "picture" FROM "Person" WHERE "id" = '${author.id}'`,
  );
  const file256 = `files/${restored?.organizationId}/${picture}-256.webp`;
  expect(restored?.picture).toBe(picture);
  expect(fs.readFileSync(path.join(dataDir, file256)).equals(fs.readFileSync(path.join(place.dataDir, file256)))).toBe(
    true,
  );
  const secret = (from: string) =>
    JSON.parse(fs.readFileSync(path.join(from, "secrets.json"), "utf8")).authSecret as string;
  expect(secret(dataDir)).toBe(secret(place.dataDir));
  expect(gunzipSync(fs.readFileSync(file)).toString()).not.toContain(secret(place.dataDir));
});

test("an older backup is restored and migrated, and an older program refuses a newer database", async () => {
  const newer = path.join(folder, "newer-parley");
  for (const part of ["scripts", "prisma", "package.json"]) {
    fs.cpSync(path.join(root, part), path.join(newer, part), { recursive: true });
  }
  fs.symlinkSync(path.join(root, "node_modules"), path.join(newer, "node_modules"));
  const later = path.join(newer, "prisma/migrations/99999999999999_later");
  fs.mkdirSync(later);
  const sql = `ALTER TABLE "Room" ADD COLUMN "motto" TEXT; UPDATE "Room" SET "motto" = "name" || '!'; ALTER TABLE "Room" ALTER COLUMN "motto" SET NOT NULL`;
  fs.writeFileSync(path.join(later, "migration.sql"), sql);

  const target = { dataDir: path.join(folder, "unused"), env: { DATABASE_URL: besides(url, "newer") }, program: newer };
  expect(await command("restore", [file], target)).toMatchObject({ code: 0, refusal: "" });
  const mottos = await query(target.env.DATABASE_URL, `SELECT 1 FROM "Room" WHERE "motto" = "name" || '!'`);
  expect(mottos.length).toBeGreaterThan(0);
  expect(await command("doctor", [], target)).toMatchObject({ code: 0, refusal: "" });
  const older = await command("doctor", [], { ...target, program: root });
  expect(older).toMatchObject({ code: 1, said: expect.stringContaining("Migration 99999999999999_later is unknown") });

  const future = path.join(folder, "future.parley");
  expect(await command("backup", [future], target)).toMatchObject({ code: 0, refusal: "" });
  const refused = await command("restore", [future], { dataDir: path.join(folder, "untouched") });
  expect(refused.refusal).toContain("The backup is from a newer version of Parley");
});
