import { PrismaPg } from "@prisma/adapter-pg";
import { uuidv7 } from "uuidv7";
import { hashPassword } from "@/lib/server/secret";
import { nameKey } from "@/lib/contract/alike";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { people, rooms, type SeedRoom } from "./seed/people";
import { randomOf, text } from "./seed/texts";

/**
 * Fills an empty, migrated database with a lively organization: `npm run demo`, screenshots.
 * The same every time but for ids and times. DATABASE_URL says where.
 */
const messageCount = Number(process.env.SEED_MESSAGES ?? 20_000);
const password = "parley demo password";
const days = 30;

const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL ?? "" }) });
const random = randomOf(2026);

interface Somebody {
  id: string;
  name: string;
}

async function main() {
  if (await db.organization.findFirst()) throw new Error("This database is not empty: seed only a temporary one.");
  const organizationId = uuidv7();
  await db.organization.create({
    data: { id: organizationId, name: "Larkfield", handle: "larkfield", epoch: crypto.randomUUID() },
  });
  const everybody = await makePeople(organizationId);
  const groups = await makeGroups(organizationId, everybody);
  for (const room of rooms) await makeRoom(organizationId, room, everybody, groups);
}

async function makePeople(organizationId: string): Promise<Somebody[]> {
  const passwordHash = await hashPassword(password);
  const handles = new Set<string>();
  const rows = people.map((name, index) => {
    const first = name.toLowerCase().split(" ")[0] as string;
    const handle = handles.has(first) ? `${first}${index}` : first;
    handles.add(handle);
    const role: "owner" | "admin" | "member" = index === 0 ? "owner" : index < 3 ? "admin" : "member";
    return { id: uuidv7(), organizationId, accountId: uuidv7(), role, name, handle };
  });
  await db.account.createMany({
    data: rows.map((row) => ({ id: row.accountId, email: emailOf(row.name), passwordHash })),
  });
  await db.person.createMany({ data: rows });
  return rows;
}

function emailOf(name: string): string {
  const known: Record<string, string> = { 陈思远: "siyuan", 김민준: "minjun" };
  const first =
    known[name] ??
    name
      .split(" ")[0]
      ?.normalize("NFD")
      .replace(/[^a-zA-Z]/g, "")
      .toLowerCase();
  return `${first}@larkfield.example`;
}

async function makeGroups(organizationId: string, everybody: Somebody[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [index, name] of ["Developer", "Trading", "Security"].entries()) {
    const groupId = uuidv7();
    ids.set(name, groupId);
    await db.group.create({ data: { id: groupId, organizationId, name, handle: name.toLowerCase() } });
    const members = everybody.filter((_, at) => at < 3 || at % 3 === index);
    await db.groupMember.createMany({
      data: members.map((person) => ({ organizationId, groupId, personId: person.id })),
    });
  }
  return ids;
}

async function makeRoom(organizationId: string, seed: SeedRoom, everybody: Somebody[], groups: Map<string, string>) {
  const roomId = uuidv7();
  const groupId = groups.get(seed.name);
  const access = groupId || seed.name === "Admin" ? "restricted" : seed.access;
  const offset = Math.floor(random() * 27);
  const members = everybody
    .slice(0, 3)
    .concat(rotate(everybody.slice(3), offset))
    .slice(0, seed.members);
  const log = makeLog(organizationId, roomId, members, Math.round((messageCount * seed.share) / 100));
  const clock = log.length;
  const reactions = makeReactions(log, members, clock);
  const pinsSeq = log.findLast(({ pinnedAt }) => pinnedAt)?.seq ?? 0;
  await db.room.create({
    data: {
      id: roomId,
      organizationId,
      access,
      name: seed.name,
      nameKey: nameKey(seed.name),
      topic: seed.topic,
      joinsEveryone: seed.name === "General",
      forAdmins: seed.name === "Admin",
      postingPolicy: seed.name === "announcements" ? "moderators" : "everyone",
      clock: clock + reactions.length,
      changedSeq: Math.max(1, pinsSeq),
      pinsSeq,
      createdAt: new Date(Date.now() - (days + 1) * 86_400_000),
      ...(groupId && { groups: { create: [{ groupId }] } }),
    },
  });
  for (let at = 0; at < log.length; at += 2_000) await db.message.createMany({ data: log.slice(at, at + 2_000) });
  for (let at = 0; at < reactions.length; at += 2_000)
    await db.reaction.createMany({ data: reactions.slice(at, at + 2_000) });
  await db.membership.createMany({
    data: members.map((person, index) => {
      // Most have read everything; some are a few behind, a few are far behind.
      const behind =
        index === 0 ? Math.floor(random() * 2) * Math.floor(random() * 6) : Math.floor(random() ** 3 * 150);
      const role = index === 0 ? ("admin" as const) : ("member" as const);
      return {
        organizationId,
        roomId,
        personId: person.id,
        role,
        joinedSeq: 1,
        lastReadSeq: Math.max(1, clock - behind),
      };
    }),
  });
}

function rotate<T>(list: T[], by: number): T[] {
  return list.slice(by).concat(list.slice(0, by));
}

/** A month of talk: bursts of a few people, quiet nights, now and then an edit, a deletion or a reply, and up to three pins. */
function makeLog(organizationId: string, roomId: string, members: Somebody[], count: number) {
  const start = Date.now() - days * 86_400_000;
  const rows: Prisma.MessageCreateManyInput[] = [];
  const first = members[0] as Somebody;
  rows.push({
    id: uuidv7(),
    organizationId,
    roomId,
    authorId: first.id,
    kind: "notice",
    body: "",
    notice: { type: "created" },
    seq: 1,
    changedSeq: 1,
    createdAt: new Date(start),
  });
  let author = first;
  const times = Array.from({ length: count }, () => officeTime(start)).toSorted((a, b) => a - b);
  for (const [index, time] of times.entries()) {
    if (random() < 0.55) author = members[Math.floor(random() * members.length)] as Somebody;
    const seq = index + 2;
    const chance = random();
    const body = chance < 0.006 ? "" : text(random);
    const createdAt = new Date(time);
    const isDeleted = chance < 0.006;
    const change = isDeleted ? { deletedAt: createdAt } : chance < 0.03 ? { editedAt: createdAt } : {};
    const quoted = index % 13 === 9 ? rows.at(-3) : undefined;
    const isPinned = !isDeleted && index % Math.ceil(count / 3) === 5;
    rows.push({
      id: uuidv7(),
      organizationId,
      roomId,
      authorId: author.id,
      body,
      seq,
      changedSeq: seq,
      createdAt,
      ...change,
      ...(quoted?.id && { replyToId: quoted.id }),
      ...(isPinned && { pinnedAt: createdAt, pinnedById: first.id }),
    });
  }
  return rows;
}

/** Every seventh message has one to three emoji, each from a few people. */
function makeReactions(log: Prisma.MessageCreateManyInput[], members: Somebody[], clock: number) {
  const emojis = ["👍", "🎉", "👀", "❤️", "🚀", "👏🏾"];
  const messages = log.filter(({ kind, deletedAt }, at) => at % 7 === 5 && kind !== "notice" && !deletedAt);
  const pairs = messages.flatMap((message, at) =>
    emojis.slice(at % 4, (at % 4) + 1 + (at % 3)).flatMap((emoji, nth) => {
      const reactors = rotate(members, at % members.length).slice(0, 1 + ((at + nth * 2) % 6));
      return reactors.map((person) => ({ message, emoji, personId: person.id }));
    }),
  );
  return pairs.map(({ message: { organizationId, roomId, id: messageId, createdAt }, emoji, personId }, at) => {
    const [seq, changedSeq] = [clock + at + 1, clock + at + 1];
    return {
      organizationId,
      roomId,
      messageId,
      emoji,
      personId,
      seq,
      changedSeq,
      isGiven: true,
      reactedAt: createdAt as Date,
    };
  });
}

/** Some moment of the month, mostly between eight and six, never in the future. */
function officeTime(start: number): number {
  for (;;) {
    const day = Math.floor(random() ** 0.7 * (days + 1));
    const hour = random() < 0.9 ? 8 + random() * 10 : random() * 24;
    const time = start + day * 86_400_000 - (start % 86_400_000) + hour * 3_600_000;
    if (time < Date.now()) return time;
  }
}

await main();
await db.$disconnect();
