import { createHash } from "node:crypto";
import sharp from "sharp";
import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import type { RoomAvatar } from "@/lib/contract/picture";
import { pictureSizes } from "@/lib/contract/picture-sizes";
import { db } from "@/lib/server/db";
import { storage } from "@/lib/server/storage";
import {
  as,
  makeOrganization,
  makePerson,
  makeStaffedRoom,
  nobody,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";
import { pictureFile } from "./files";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

const red = { create: { width: 60, height: 40, channels: 3 as const, background: "#d01020" } };
const redPicture = async () => (await sharp(red).png().toBuffer()).toString("base64");

const setting = () => makeStaffedRoom({ name: "Tea time" });
const setAvatar = (who: TestPerson, roomId: string, avatar: RoomAvatar) =>
  as(who).do("room.setAvatar", { roomId, avatar });

const readFile = async (organizationId: string, name: string, size: (typeof pictureSizes)[number]) => {
  const found = await storage().read(pictureFile(organizationId, name, size));
  return found && Buffer.from(await new Response(found).arrayBuffer());
};
const organizationOf = async ({ id }: TestPerson) =>
  (await db().person.findUniqueOrThrow({ where: { id }, select: { organizationId: true } })).organizationId;

it("A picture becomes two squares in WebP without metadata, under the hash of both", async () => {
  const { ada, roomId } = await setting();
  const organizationId = await organizationOf(ada);
  const upload = await sharp(red)
    .jpeg()
    .withExif({ IFD0: { Copyright: "Ada's camera" }, IFD3: { GPSLatitude: "52/1 31/1 0/1" } })
    .toBuffer();
  expect(upload.includes("Ada's camera")).toBe(true);
  const { picture } = await setAvatar(ada, roomId, { type: "picture", picture: upload.toString("base64") });
  const hash = createHash("sha256");
  for (const size of pictureSizes) {
    const file = (await readFile(organizationId, picture ?? "", size)) as Buffer;
    hash.update(file);
    const { format, width, height, exif, icc, xmp } = await sharp(file).metadata();
    expect({ format, width, height, exif, icc, xmp }).toEqual({ format: "webp", width: size, height: size });
    expect(file.includes("Ada's camera")).toBe(false);
  }
  expect(picture?.split("-")[0]).toBe(hash.digest("hex"));
});

it("A photo that the camera stored on its side is stored upright", async () => {
  const { ada, roomId } = await setting();
  // The upper half is red once the picture is turned by 90 degrees to the right.
  const left = await sharp({ create: { ...red.create, width: 30, height: 60 } })
    .png()
    .toBuffer();
  const onItsSide = await sharp({ create: { width: 60, height: 60, channels: 3, background: "#fff" } })
    .composite([{ input: left, left: 0, top: 0 }])
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { picture } = await setAvatar(ada, roomId, { type: "picture", picture: onItsSide.toString("base64") });
  const file = await readFile(await organizationOf(ada), picture ?? "", 96);
  const { data, info } = await sharp(file as Buffer)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const greenAt = (x: number, y: number) => data[(y * info.width + x) * info.channels + 1] as number;
  expect(greenAt(48, 10)).toBeLessThan(60);
  expect(greenAt(48, 86)).toBeGreaterThan(200);
});

it.each(["png", "jpeg", "webp", "gif"] as const)("A %s is a picture, whatever it is called", async (format) => {
  const { ada } = await setting();
  const picture = (await sharp(red).toFormat(format).toBuffer()).toString("base64");
  expect((await as(ada).do("person.setPicture", { picture })).picture).toMatch(/^[0-9a-f]{64}-[0-9a-f]{12}$/);
});

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`;
it.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
  ["an SVG", () => Buffer.from(svg), /isn't a picture/],
  ["a page", () => Buffer.from("<!doctype html><script>alert(1)</script>"), /isn't a picture/],
  ["a TIFF", () => sharp(red).tiff().toBuffer(), /isn't a picture/],
  ["half a picture", async () => (await sharp(noise(64)).png().toBuffer()).subarray(0, 3_000), /isn't a picture/],
  ["a picture of 25 million pixels in 80 KB", () => bomb(), /too many pixels/],
])("%s is refused beside the field, and nothing is stored", async (_, upload, sentence) => {
  const { ada, roomId } = await setting();
  const picture = (await upload()).toString("base64");
  expect(picture.length).toBeLessThan((limits.picture * 4) / 3);
  const answers = [
    await as(ada).ask("person.setPicture", { picture }),
    await as(ada).ask("room.setAvatar", { roomId, avatar: { type: "picture", picture } }),
  ];
  const fields = answers.map((answer) => (answer.ok ? {} : answer.error.fields));
  expect(fields).toEqual([
    { picture: expect.stringMatching(sentence) },
    { "avatar.picture": expect.stringMatching(sentence) },
  ]);
  expect(await db().room.findUniqueOrThrow({ where: { id: roomId } })).toMatchObject({ picture: null, clock: 0 });
});

const noise = (size: number) => ({
  create: {
    width: size,
    height: size,
    channels: 3 as const,
    background: "#888",
    noise: { type: "gaussian" as const, mean: 128, sigma: 40 },
  },
});
const bomb = () =>
  sharp({ create: { width: 5_000, height: 5_000, channels: 3, background: "#fff" } })
    .png({ compressionLevel: 9 })
    .toBuffer();

it("An upload over the limit, or that is no base64, is refused before it is decoded", async () => {
  const { ada } = await setting();
  const answer = await as(ada).ask("person.setPicture", { picture: "A".repeat(limits.picture * 2) });
  expect(answer).toMatchObject({ ok: false, error: { fields: { picture: "At most 180 KB." } } });
  expect(outcome(await as(ada).ask("person.setPicture", { picture: "not base64!" }))).toBe("invalid_input");
});

it("The files of a picture that was replaced or removed are gone", async () => {
  const { ada, roomId } = await setting();
  const organizationId = await organizationOf(ada);
  const avatar = { type: "picture" as const, picture: await redPicture() };
  const names: (string | null)[] = [];
  for (const next of [avatar, avatar, { type: "emoji" as const, emoji: "🍵" }]) {
    const room = await setAvatar(ada, roomId, next);
    names.push(room.picture);
    const filesOf = async (name: string | null) =>
      name &&
      (await Promise.all(pictureSizes.map((size) => readFile(organizationId, name, size)))).filter(Boolean).length;
    expect(await Promise.all(names.map(filesOf))).toEqual(names.map((name) => name && (name === room.picture ? 2 : 0)));
  }
  const [first, second, third] = names;
  expect([first === second, third]).toEqual([false, null]);
});

it("Pictures set at the same time leave one, with its files", async () => {
  const { ada } = await setting();
  const organizationId = await organizationOf(ada);
  const picture = await redPicture();
  const set = await Promise.all(Array.from({ length: 4 }, () => as(ada).do("person.setPicture", { picture })));
  const now = (await db().person.findUniqueOrThrow({ where: { id: ada.id } })).picture;
  for (const { picture: name } of set)
    expect(Boolean(await readFile(organizationId, name ?? "", 96)), name ?? "").toBe(name === now);
});

it("A room has a picture or an emoji: each replaces the other, takes a tick and writes no notice", async () => {
  const { ada, roomId } = await setting();
  const emoji = await setAvatar(ada, roomId, { type: "emoji", emoji: "👩‍👩‍👧‍👦" });
  expect(emoji).toMatchObject({ emoji: "👩‍👩‍👧‍👦", picture: null, changedSeq: 1 });
  // Setting the same emoji again takes no tick.
  expect(await setAvatar(ada, roomId, { type: "emoji", emoji: "👩‍👩‍👧‍👦" })).toMatchObject({ changedSeq: 1 });
  const picture = await setAvatar(ada, roomId, { type: "picture", picture: await redPicture() });
  expect(picture).toMatchObject({ emoji: null, picture: expect.any(String), changedSeq: 2 });
  expect(await setAvatar(ada, roomId, { type: "none" })).toMatchObject({ emoji: null, picture: null, changedSeq: 3 });
  expect(await db().message.count({ where: { roomId } })).toBe(0);
});

it.each(["", "tea", "🍵🍵", "🍵 tea", "1"])("%j is no emoji for a room", async (emoji) => {
  const { ada, roomId } = await setting();
  expect(outcome(await as(ada).ask("room.setAvatar", { roomId, avatar: { type: "emoji", emoji } }))).toBe(
    "invalid_input",
  );
});

it("A guest sees the picture of those they share a room with, and of nobody else", async () => {
  const { ada, roomId } = await setting();
  const organizationId = await organizationOf(ada);
  const [bo, guest] = [
    await makePerson({ id: organizationId }),
    await makePerson({ id: organizationId }, { role: "guest" }),
  ];
  await db().membership.create({ data: { organizationId, roomId, personId: guest.id } });
  await as(bo).do("person.setPicture", { picture: await redPicture() });
  const ask = (who: TestPerson, subject: TestPerson) =>
    as(who).ask("picture.show", { of: "person", subjectId: subject.id });
  expect(outcome(await ask(guest, ada))).toBe("ok");
  expect(outcome(await ask(guest, bo))).toBe("not_found");
  expect(await ask(ada, bo)).toMatchObject({ data: { picture: expect.any(String) } });
  expect(outcome(await ask((await makeOrganization()).owner, bo))).toBe("not_found");
});

it("The icon of an organization is replaced and removed with its files, each with one tick and an entry in the audit log", async () => {
  const { id, owner } = await makeOrganization();
  const set = (picture: string | null) => as(owner).do("organization.setPicture", { picture });
  const first = await set(await redPicture());
  const second = await set(await redPicture());
  const removed = await set(null);
  expect(await set(null)).toEqual(removed);
  expect([second.tick - first.tick, removed.tick - second.tick]).toEqual([1, 1]);
  for (const name of [first.picture, second.picture]) {
    expect(name).toMatch(/^[0-9a-f]{64}-[0-9a-f]{12}$/);
    expect(await readFile(id, name ?? "", 96)).toBeNull();
  }
  const { entries } = await as(owner).do("audit.list", { act: "organization.setPicture" });
  expect(entries.map(({ before, after }) => [before?.picture, after?.picture])).toEqual([
    [second.picture, null],
    [first.picture, second.picture],
    [null, first.picture],
  ]);
});

it("The icon of an organization is known to whoever sees its invite, by its name alone", async () => {
  const { id, owner } = await makeOrganization();
  const { picture } = await as(owner).do("organization.setPicture", { picture: await redPicture() });
  const { token } = await as(owner).do("invite.create", {});
  expect(await as(nobody()).do("invite.show", { token })).toMatchObject({ organization: { id, picture } });
  expect(await as(nobody()).do("organization.showPicture", { picture: picture ?? "" })).toEqual({ organizationId: id });
  await as(owner).do("organization.setPicture", { picture: null });
  expect(outcome(await as(nobody()).ask("organization.showPicture", { picture: picture ?? "" }))).toBe("not_found");
});

it("A room is created with a picture or an emoji", async () => {
  const { owner } = await makeOrganization();
  const create = (name: string, avatar: RoomAvatar) => as(owner).do("room.create", { name, avatar });
  const { room } = await create("tea", { type: "picture", picture: await redPicture() });
  expect(room).toMatchObject({ emoji: null, picture: expect.stringMatching(/^[0-9a-f]{64}-[0-9a-f]{12}$/) });
  expect(await readFile(owner.organizationId, room.picture ?? "", 96)).not.toBeNull();
  expect((await create("coffee", { type: "emoji", emoji: "☕" })).room).toMatchObject({ emoji: "☕", picture: null });
  const noPicture = { name: "x", avatar: { type: "picture" as const, picture: Buffer.from(svg).toString("base64") } };
  expect(await as(owner).ask("room.create", noPicture)).toMatchObject({
    ok: false,
    error: { fields: { "avatar.picture": expect.stringMatching(/isn't a picture/) } },
  });
});

it("Whoever is invited to a private room sees its picture, until the invite has ended", async () => {
  const { owner, ada, outsider, roomId } = await makeStaffedRoom({ access: "private" });
  const { picture } = await setAvatar(ada, roomId, { type: "picture", picture: await redPicture() });
  const ask = () => as(outsider).ask("picture.show", { of: "room", subjectId: roomId });
  expect(outcome(await ask())).toBe("not_found");
  const invite = await as(ada).do("roomInvite.send", { roomId, personId: outsider.id });
  expect(invite.room).toMatchObject({ picture });
  expect(await ask()).toMatchObject({ data: { picture } });
  await as(ada).do("roomInvite.withdraw", { roomInviteId: invite.id });
  expect(outcome(await ask())).toBe("not_found");
  expect(outcome(await as(owner).ask("picture.show", { of: "room", subjectId: roomId }))).toBe("ok");
});

it("Whoever has a room's ask link sees its picture, and no other room's, until the link is revoked", async () => {
  const { ada, outsider, roomId } = await makeStaffedRoom({ access: "private" });
  const other = await as(ada).do("room.create", { name: "other", access: "private" });
  const { picture } = await setAvatar(ada, roomId, { type: "picture", picture: await redPicture() });
  const { token } = await as(ada).do("askLink.create", { roomId });
  const ask = (subjectId: string, askToken?: string) =>
    as(outsider).ask("picture.show", { of: "room", subjectId, askToken });
  expect(await as(outsider).do("joinRequest.show", { token })).toMatchObject({ room: { picture, emoji: null } });
  expect(await ask(roomId, token)).toMatchObject({ data: { picture } });
  const refused = [await ask(roomId), await ask(roomId, "x".repeat(43)), await ask(other.room.id, token)];
  expect(refused.map(outcome)).toEqual(["not_found", "not_found", "not_found"]);
  await as(ada).do("askLink.revoke", { roomId });
  expect(outcome(await ask(roomId, token))).toBe("not_found");
});
