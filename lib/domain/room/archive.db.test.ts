import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { as, makeStaffedRoom, outcome, type TestPerson } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const notices = async (roomId: string) =>
  (await db().message.findMany({ where: { roomId, kind: "notice" }, orderBy: { seq: "asc" } })).map(
    ({ notice }) => (notice as { type: string }).type,
  );

it("In an archived room people read and nobody writes; unarchived, it is as before", async () => {
  const { ada, mia, outsider, roomId } = await makeStaffedRoom();
  const { id: messageId } = await as(mia).do("message.send", { roomId, body: "Before" });
  const room = await as(ada).do("room.archive", { roomId });
  expect(room).toMatchObject({ archivedAt: expect.any(String), changedSeq: 2 });
  const write = async () => [
    outcome(await as(mia).ask("message.send", { roomId, body: "After" })),
    outcome(await as(mia).ask("message.edit", { messageId, body: `Edited ${room.archivedAt}` })),
    outcome(await as(ada).ask("membership.add", { roomId, personIds: [outsider.id] })),
  ];
  expect(await write()).toEqual(["room_archived", "room_archived", "room_archived"]);
  expect((await as(mia).do("message.list", { roomId })).messages.map(({ body }) => body)).toEqual(["Before", ""]);
  expect(await as(ada).do("room.unarchive", { roomId })).toMatchObject({ archivedAt: null });
  expect(await write()).toEqual(["ok", "ok", "ok"]);
  expect(await notices(roomId)).toEqual(["archived", "unarchived", "added"]);
});

it("Archiving five times at once is told once and keeps the time of the first", async () => {
  const { ada, owner, roomId } = await makeStaffedRoom();
  const rooms = await Promise.all([ada, owner, ada, owner, ada].map((who) => as(who).do("room.archive", { roomId })));
  expect(new Set(rooms.map(({ archivedAt }) => archivedAt)).size).toBe(1);
  expect(await notices(roomId)).toEqual(["archived"]);
  await Promise.all([ada, owner].map((who) => as(who).do("room.unarchive", { roomId })));
  expect(await notices(roomId)).toEqual(["archived", "unarchived"]);
});

it("Messages sent while a room is archived are stored before it or refused, and no acknowledged one is lost", async () => {
  const { ada, mia, roomId } = await makeStaffedRoom();
  const send = (n: number) => as(mia).ask("message.send", { roomId, body: String(n) });
  const answers = await Promise.all([
    ...Array.from({ length: 8 }, (_, n) => send(n)),
    as(ada).ask("room.archive", { roomId }),
    ...Array.from({ length: 8 }, (_, n) => send(n + 8)),
  ]);
  const rows = await db().message.findMany({ where: { roomId }, orderBy: { seq: "asc" } });
  expect(rows.at(-1)?.notice).toEqual({ type: "archived" });
  expect(rows).toHaveLength(answers.filter(({ ok }) => ok).length);
  for (const answer of answers) expect(["ok", "room_archived"]).toContain(outcome(answer));
});

it("Neither moderators, members, guests nor outsiders archive or unarchive", async () => {
  const { ada, moe, mia, guest, outsider, roomId } = await makeStaffedRoom();
  const ask = async (who: TestPerson) => [
    outcome(await as(who).ask("room.archive", { roomId })),
    outcome(await as(who).ask("room.unarchive", { roomId })),
  ];
  for (const who of [moe, mia, guest, outsider]) expect(await ask(who), who.name).toEqual(["forbidden", "forbidden"]);
  expect(await notices(roomId)).toEqual([]);
  await as(ada).do("room.archive", { roomId });
  expect(await as(mia).ask("room.unarchive", { roomId })).toMatchObject({
    error: { message: expect.stringContaining("Ask one of them") },
  });
});

it("From outside a private room, owners archive it and see neither its topic nor its description", async () => {
  const { owner, outsider, roomId } = await makeStaffedRoom({ access: "private" });
  await db().room.update({ where: { id: roomId }, data: { topic: "Secret", description: "Secret" } });
  expect(outcome(await as(outsider).ask("room.archive", { roomId }))).toBe("not_found");
  const hidden = { topic: "", description: "" };
  expect(await as(owner).do("room.archive", { roomId })).toMatchObject(hidden);
  expect(await as(owner).do("room.unarchive", { roomId })).toMatchObject(hidden);
});

it("The room that everybody is in can't be archived", async () => {
  const { owner, roomId } = await makeStaffedRoom({ joinsEveryone: true });
  expect(await as(owner).ask("room.archive", { roomId })).toMatchObject({
    error: { code: "forbidden", message: "Everyone is in this room, so it can't be archived." },
  });
});
