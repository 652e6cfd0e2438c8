import { expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { pictureSizes } from "@/lib/contract/picture-sizes";
import { pictureFile } from "@/lib/domain/picture/files";
import { db } from "@/lib/server/db";
import { storage } from "@/lib/server/storage";
import { as, makePerson, makeStaffedRoom } from "@/tests/harness/people";
import { aPicture } from "@/tests/harness/picture";
import { purgeRooms } from "./purge";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A deleted room that had a picture, an edited message, a long thread, an invite and a ban. */
async function deletedRoom() {
  const { organization, owner, ada, mia, outsider, roomId, room } = await makeStaffedRoom();
  const { id } = await as(mia).do("message.send", { roomId, body: "Hello" });
  await as(mia).do("message.edit", { messageId: id, body: "Hello all" });
  const { picture } = await as(ada).do("room.setAvatar", { roomId, avatar: { type: "picture", picture: aPicture() } });
  await as(ada).do("roomInvite.send", { roomId, personId: outsider.id });
  await as(ada).do("ban.add", { roomId, personId: (await makePerson(organization)).id });
  const { clock } = await db().room.findUniqueOrThrow({ where: { id: roomId } });
  const common = { organizationId: organization.id, roomId, authorId: mia.id, body: "A reply", threadId: id };
  const replies = Array.from({ length: 1_100 }, (_, at) => ({
    ...common,
    id: uuidv7(),
    seq: clock + 1 + at,
    changedSeq: clock + 1 + at,
  }));
  await db().message.createMany({ data: replies });
  await as(owner).do("room.delete", { roomId, name: room.name });
  return { organizationId: organization.id, roomId, picture: picture ?? "" };
}
const ageBy = (roomId: string, days: number) =>
  db().room.update({ where: { id: roomId }, data: { deletedAt: new Date(Date.now() - days * 86_400_000) } });

it("A room is removed a week after it was deleted, with its messages and its picture, by several processes at once", async () => {
  const [due, later, open] = [await deletedRoom(), await deletedRoom(), await makeStaffedRoom()];
  await as(open.mia).do("message.send", { roomId: open.roomId, body: "Still here" });
  const filesOf = ({ organizationId, picture }: typeof due) =>
    Promise.all(pictureSizes.map((size) => storage().read(pictureFile(organizationId, picture, size))));
  const leftOf = async ({ roomId }: { roomId: string }) => {
    const where = { roomId };
    return {
      rooms: await db().room.count({ where: { id: roomId } }),
      messages: await db().message.count({ where }),
      invites: await db().roomInvite.count({ where }),
      bans: await db().ban.count({ where }),
    };
  };
  await ageBy(due.roomId, 7.01);
  await ageBy(later.roomId, 6.99);
  expect(await leftOf(due)).toMatchObject({ rooms: 1, invites: 1, bans: 1 });
  await Promise.all(Array.from({ length: 3 }, () => purgeRooms({ pauseMs: 0 })));
  await purgeRooms({ pauseMs: 0 });
  expect(await leftOf(due)).toEqual({ rooms: 0, messages: 0, invites: 0, bans: 0 });
  expect(await filesOf(due)).toEqual(pictureSizes.map(() => null));
  for (const room of [later, open])
    expect(await leftOf(room)).toMatchObject({ rooms: 1, messages: expect.any(Number) });
  expect((await leftOf(later)).messages).toBeGreaterThan(1_100);
  expect((await filesOf(later)).every(Boolean)).toBe(true);
  expect(await db().auditEntry.count({ where: { roomId: due.roomId, act: "room.delete" } })).toBe(1);
});

it("A room that another process is removing is left to it", async () => {
  const { roomId } = await deletedRoom();
  await ageBy(roomId, 8);
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${roomId}::uuid FOR UPDATE`;
    await purgeRooms({ pauseMs: 0 });
  });
  expect(await db().message.count({ where: { roomId } })).toBeGreaterThan(1_100);
  await purgeRooms({ pauseMs: 0 });
  expect(await db().room.count({ where: { id: roomId } })).toBe(0);
});
