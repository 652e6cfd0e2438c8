import pg from "pg";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, callerOf, joinAs, makeOrganization, makePerson, makeRoom, outcome } from "@/tests/harness/people";
import { exportAudit } from "./export";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const { owner } = organization;
  const [admin, mia] = [
    await makePerson(organization, { role: "admin", name: "=Ada()" }),
    await makePerson(organization),
  ];
  const [room, secret] = [await makeRoom(organization), await makeRoom(organization, { access: "private" })];
  await joinAs("admin", room, owner);
  await joinAs("admin", secret, owner);
  return { organization, owner, admin, mia, room, secret };
}
type Who = Awaited<ReturnType<typeof setting>>["owner"];
const list = async (who: Who, input: object = {}) => (await as(who).do("audit.list", input)).entries;

it("Entries are listed newest first, by person, act, room and time, with the names of today", async () => {
  const { owner, admin, mia, room } = await setting();
  await as(owner).do("membership.add", { roomId: room.id, personIds: [mia.id] });
  await as(owner).do("room.archive", { roomId: room.id });
  const between = new Date().toISOString();
  await as(admin).do("person.deactivate", { personId: mia.id });
  const acts = async (input: object) => (await list(admin, input)).map(({ act }) => act);
  expect(await acts({})).toEqual(["person.deactivate", "room.archive", "membership.add"]);
  expect(await acts({ personId: mia.id })).toEqual(["person.deactivate", "membership.add"]);
  expect(await acts({ personId: admin.id })).toEqual(["person.deactivate"]);
  expect(await acts({ roomId: room.id })).toEqual(["room.archive", "membership.add"]);
  expect(await acts({ act: "room.archive" })).toEqual(["room.archive"]);
  expect(await acts({ until: new Date(Date.parse(between) + 1).toISOString(), roomId: room.id })).toHaveLength(2);
  expect(await acts({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  const { names } = await as(admin).do("audit.list", {});
  expect(names).toEqual({ [owner.id]: owner.name, [admin.id]: admin.name, [mia.id]: mia.name, [room.id]: room.name });
});

it("What was written in a private room is hidden from an admin who is not in it, and what was done is not", async () => {
  const { owner, admin, secret } = await setting();
  await as(owner).do("room.update", { roomId: secret.id, topic: "Layoffs", description: "Very", name: "Plan" });
  const [seen] = await list(owner);
  expect(seen).toMatchObject({ hidden: false, after: { topic: "Layoffs", description: "Very", name: "Plan" } });
  const [hidden] = await list(admin);
  expect(hidden).toMatchObject({ hidden: true, after: { name: "Plan" } });
  expect(JSON.stringify(hidden)).not.toContain("Layoffs");
});

describe("What was written in a room is hidden, however it is read, from an admin who may not see messages of that moment", () => {
  type Setting = Awaited<ReturnType<typeof setting>>;
  const set = ({ owner }: Setting, roomId: string, topic: string) => as(owner).do("room.update", { roomId, topic });
  const cases: Record<string, { given: (all: Setting) => Promise<string>; seesLater: boolean }> = {
    "because the room was private then": {
      seesLater: true,
      async given(all) {
        const roomId = all.secret.id;
        await set(all, roomId, "Layoffs");
        await set(all, roomId, "Clean");
        await as(all.owner).do("room.setAccess", { roomId, access: "public" });
        await set(all, roomId, "Later");
        return roomId;
      },
    },
    "because newcomers see nothing from before they joined": {
      seesLater: true,
      async given(all) {
        const roomId = all.secret.id;
        await as(all.owner).do("room.update", { roomId, history: "fromJoining" });
        await set(all, roomId, "Layoffs");
        await set(all, roomId, "Clean");
        await as(all.owner).do("membership.add", { roomId, personIds: [all.admin.id] });
        await set(all, roomId, "Later");
        return roomId;
      },
    },
    "because they are banned": {
      seesLater: false,
      async given(all) {
        const roomId = all.room.id;
        await as(all.owner).do("ban.add", { roomId, personId: all.admin.id });
        await set(all, roomId, "Layoffs");
        await set(all, roomId, "Later");
        return roomId;
      },
    },
    "because the room is gone": {
      seesLater: false,
      async given(all) {
        const { id: roomId, name } = all.room;
        await set(all, roomId, "Layoffs");
        await set(all, roomId, "Later");
        await as(all.owner).do("room.delete", { roomId, name });
        return roomId;
      },
    },
  };

  it.each(Object.entries(cases))("%s", async (_, { given, seesLater }) => {
    const all = await setting();
    const roomId = await given(all);
    const pages: unknown[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await as(all.admin).do("audit.list", { roomId, limit: 1, ...(after && { after }) });
      pages.push(page.entries);
      after = page.next;
    }
    const texts = [
      JSON.stringify(await list(all.admin, { roomId })),
      JSON.stringify(pages),
      await textOf(all.admin, { format: "csv", roomId }),
      await textOf(all.admin, { format: "json", roomId }),
    ];
    for (const text of texts) {
      expect(text).toContain("room.update");
      expect(text).not.toContain("Layoffs");
      expect(text.includes("Later")).toBe(seesLater);
    }
  });

  it("and shown if what was said before is shown, or they were in the room", async () => {
    const all = await setting();
    const { owner, admin, secret } = all;
    await set(all, secret.id, "Layoffs");
    await as(owner).do("room.setAccess", { roomId: secret.id, access: "public" });
    expect(JSON.stringify(await list(owner))).toContain("Layoffs");
    await as(owner).do("room.setAccess", { roomId: secret.id, access: "private" });
    await as(owner).do("room.setAccess", { roomId: secret.id, access: "public", showEarlier: true });
    expect(JSON.stringify(await list(admin))).toContain("Layoffs");
  });
});

it("A room's admins see what happened in it, from where they see its messages, without addresses, and nothing else", async () => {
  const { organization, owner, mia, room, secret } = await setting();
  const moe = await makePerson(organization);
  await as(owner).do("room.update", { roomId: secret.id, topic: "Layoffs", history: "fromJoining" });
  await as(owner).do("room.update", { roomId: secret.id, topic: "" });
  await as(owner).do("membership.add", { roomId: secret.id, personIds: [mia.id, moe.id] });
  await as(owner).do("membership.setRole", { roomId: secret.id, personId: mia.id, role: "admin" });
  await as(owner).do("room.update", { roomId: secret.id, topic: "Later" });
  await as(owner).do("room.archive", { roomId: room.id });
  const { entries, names } = await as(mia).do("audit.list", { roomId: secret.id });
  expect(entries.map(({ act }) => act)).toEqual([
    "room.update",
    "membership.setRole",
    "membership.add",
    "membership.add",
  ]);
  expect(entries.map(({ address }) => address)).toEqual(["", "", "", ""]);
  expect(JSON.stringify(entries)).not.toContain("Layoffs");
  expect(entries[0]).toMatchObject({ hidden: false, after: { topic: "Later" } });
  expect(names).toMatchObject({ [owner.id]: owner.name, [mia.id]: mia.name });
  expect((await list(owner, { roomId: secret.id }))[0]?.address).not.toBe("");
  for (const [who, input] of [
    [mia, {}],
    [mia, { roomId: room.id }],
    [mia, { roomId: uuidv7() }],
    [moe, { roomId: secret.id }],
  ] as const)
    expect(outcome(await as(who).ask("audit.list", input))).toBe("forbidden");
  await expect(textOf(mia, { format: "csv", roomId: secret.id })).rejects.toMatchObject({ code: "forbidden" });
  await as(owner).do("membership.setRole", { roomId: secret.id, personId: mia.id, role: "moderator" });
  expect(outcome(await as(mia).ask("audit.list", { roomId: secret.id }))).toBe("forbidden");
});

it("An organization sees none of another's entries", async () => {
  const [mine, theirs] = [await setting(), await setting()];
  await as(mine.owner).do("room.archive", { roomId: mine.room.id });
  expect(await list(theirs.owner)).toEqual([]);
  expect(await list(theirs.owner, { roomId: mine.room.id })).toEqual([]);
});

async function textOf(who: Who, query: Record<string, string>): Promise<string> {
  const { parts } = await exportAudit(await callerOf(who), query);
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

it("The export has every entry once, in CSV and as one JSON object per line, and a name is no formula", async () => {
  const { organization, owner, admin, mia, room } = await setting();
  await as(admin).do("person.deactivate", { personId: mia.id });
  const what = { organizationId: organization.id, act: "room.archive", subject: "room", subjectId: room.id };
  const many = Array.from({ length: 450 }, (_, at) => {
    return {
      ...what,
      id: `01900000-0000-7000-8000-${String(at).padStart(12, "0")}`,
      address: "192.0.2.1",
      at: new Date(),
    };
  });
  await db().auditEntry.createMany({ data: many });
  const lines = (await textOf(owner, { format: "csv" })).trim().split("\r\n");
  expect(lines).toHaveLength(452);
  expect(lines[0]).toMatch(/^"Time","Who"/);
  expect(lines[1]).toContain(`"'=Ada()"`);
  const entries = (await textOf(owner, { format: "json", act: "room.archive" })).trim().split("\n");
  expect(new Set(entries.map((entry) => (JSON.parse(entry) as { id: string }).id)).size).toBe(450);
});

it("Only owners and admins export it, and no longer once their role or session has ended", async () => {
  const { owner, admin, mia } = await setting();
  await expect(textOf(mia, { format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
  await as(owner).do("person.endLogins", { personId: mia.id });
  const { parts } = await exportAudit(await callerOf(admin), { format: "json" });
  await as(owner).do("organization.setRole", { personId: admin.id, role: "member" });
  expect((await parts.next()).done).toBe(true);
  expect(outcome(await as(admin).ask("audit.list", {}))).toBe("forbidden");
});

it("No filter reads the whole log: each has an index", async () => {
  const { organization, owner, room } = await setting();
  const owners = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL ?? "" });
  await owners.connect();
  try {
    const fill = `
      INSERT INTO "AuditEntry" (id, "organizationId", "actorId", act, subject, "subjectId", address, at)
      SELECT gen_random_uuid(), $1, $2, 'room.update', 'room', $3, '', now() FROM generate_series(1, 20000)`;
    await owners.query(fill, [organization.id, owner.id, room.id]);
    await owners.query(`ANALYZE "AuditEntry"`);
    const id = uuidv7();
    const conditions = ["true", `"actorId" = '${id}'`, `"roomId" = '${id}'`, `act = 'room.delete'`, `id < '${id}'`];
    for (const condition of conditions) {
      const { rows } = await owners.query(
        `EXPLAIN SELECT * FROM "AuditEntry" WHERE "organizationId" = $1 AND ${condition} ORDER BY id DESC LIMIT 51`.replace(
          "$1",
          `'${organization.id}'`,
        ),
      );
      expect(JSON.stringify(rows), condition).not.toContain("Seq Scan");
    }
  } finally {
    await owners.end();
  }
});
