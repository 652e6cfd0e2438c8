// The files of pictures over HTTP: who receives them and with which headers, and that every tab hears of a new one.
import sharp from "sharp";
import { expect, test } from "vitest";
import { iconPath, pathsOf } from "@/lib/contract/paths";
import { data, type Login, loginOf, nobody } from "./harness/login";
import { makeOrganization } from "./harness/people";
import { makeWorld, type World } from "./harness/samples";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

const upload = async (background: string) =>
  (
    await sharp({ create: { width: 40, height: 40, channels: 3, background } })
      .png()
      .toBuffer()
  ).toString("base64");

/** A world whose organization, private room and owner have pictures, and the addresses of their small files. */
async function setting() {
  const world = await makeWorld();
  const owner = await loginOf(server, world.owner);
  const { paths, ...addresses } = await setPictures(world, owner);
  return { world, owner, paths, ...addresses };
}

async function setPictures({ organization, room }: World, owner: Login) {
  const paths = pathsOf(organization.handle);
  const avatar = { type: "picture", picture: await upload("#c01030") };
  const { picture } = data(await owner.rest("room.setAvatar", { roomId: room.id, avatar }));
  const me = data(await owner.rest("person.setPicture", { picture: await upload("#1030c0") }));
  const organizationNow = data(await owner.rest("organization.setPicture", { picture: await upload("#10c030") }));
  return {
    paths,
    icon: iconPath(organizationNow.picture ?? "", 96),
    ofRoom: paths.picture("room", room.id, picture ?? "", 96),
    ofOwner: paths.picture("person", me.id, me.picture ?? "", 96),
  };
}

test("A picture is sent as WebP that browsers keep for ever and take for nothing else", async () => {
  const { owner, ofRoom } = await setting();
  for (const size of [96, 256]) {
    const answer = await owner.fetch(ofRoom.replace(/\d+\.webp$/, `${size}.webp`));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("object-src 'none'"),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: size, height: size });
  }
  expect(await (await owner.fetch(ofRoom, { method: "HEAD" })).text()).toBe("");
});

test("A picture is sent to those who may see the room or the person, and does not exist for others", async () => {
  const { world, owner, icon, ofRoom, ofOwner } = await setting();
  const statusFor = async (login: Login, address: string) => {
    const answer = await login.fetch(address);
    await answer.arrayBuffer();
    return answer.status;
  };
  // Who was removed is invited again, and would see the picture with the invite.
  data(await owner.rest("roomInvite.withdraw", { roomInviteId: world.sentRoomInviteId }));
  const stranger = await makeOrganization();
  const cases: [keyof World | "stranger", number, number][] = [
    ["member", 200, 200],
    ["guest", 200, 200],
    ["admin", 200, 200],
    ["outsider", 404, 200],
    ["removed", 404, 200],
    ["outsideGuest", 404, 404],
    ["deactivated", 401, 401],
    ["stranger", 401, 401],
  ];
  for (const [who, room, person] of cases) {
    const login = await loginOf(server, who === "stranger" ? stranger.owner : (world[who] as World["member"]));
    expect([await statusFor(login, ofRoom), await statusFor(login, ofOwner)], who).toEqual([room, person]);
    expect(await statusFor(login, icon), who).toBe(200);
  }
  expect(await statusFor(nobody(server), ofRoom)).toBe(401);
  // The sign-in and invites show it.
  expect(await statusFor(nobody(server), icon)).toBe(200);
  // Under the name of their own organization, a foreign picture does not exist.
  const foreign = await loginOf(server, stranger.owner);
  for (const address of [ofRoom, ofOwner])
    expect(await statusFor(foreign, address.replace(/^\/o\/[^/]+/, pathsOf(stranger.handle).home))).toBe(404);
});

test("Another name, size, kind or file is answered like a picture that does not exist", async () => {
  const { owner, icon, ofRoom, ofOwner } = await setting();
  const wrong = [
    icon.replace("-96.webp", "-97.webp"),
    icon.replace(/[0-9a-f]{64}/, "0".repeat(64)),
    icon.replace(/[^/]+$/, ofRoom.split("/").at(-1) ?? ""),
    icon.replace(/[^/]+$/, "null-96.webp"),
    ofRoom.replace("-96.webp", "-97.webp"),
    ofRoom.replace("-96.webp", "-96.png"),
    ofRoom.replace(/[0-9a-f]{64}/, "0".repeat(64)),
    ofRoom.replace("/room/", "/person/"),
    ofRoom.replace("/room/", "/organization/"),
    ofRoom.replace(/\/room\/[^/]+/, "/room/no-id"),
    ofRoom.replace(/[^/]+$/, "..%2f..%2fsecrets.json"),
    ofOwner.replace(/[^/]+$/, "null-96.webp"),
  ];
  expect((await owner.fetch(ofRoom)).status).toBe(200);
  for (const address of wrong) {
    const answer = await owner.fetch(address);
    expect([address, answer.status]).toEqual([address, 404]);
    expect(await answer.json()).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

test("Every tab of those it concerns hears of a new picture, and the earlier address is gone", async () => {
  const { world, owner, paths, icon, ofRoom, ofOwner } = await setting();
  const [member, outsider] = [await loginOf(server, world.member), await loginOf(server, world.outsider)];
  const tabs = await Promise.all([member.listen(), outsider.listen()]);
  const next = await setPictures(world, owner);
  await tabs[0].until("the room's new picture", ({ frames }) =>
    frames.some(({ room }) => room && paths.picture("room", room.id, room.picture ?? "", 96) === next.ofRoom),
  );
  for (const tab of tabs)
    await tab.until("the owner's new picture", ({ organization }) =>
      organization.some(({ people }) =>
        people.some(({ id, picture }) => paths.picture("person", id, picture ?? "", 96) === next.ofOwner),
      ),
    );
  for (const tab of tabs)
    await tab.until("the new icon", ({ organization: frames }) =>
      frames.some(({ organization }) => organization && iconPath(organization.picture ?? "", 96) === next.icon),
    );
  expect(tabs[1].heard.frames.filter(({ roomId }) => roomId === world.room.id)).toEqual([]);
  for (const tab of tabs) tab.close();
  for (const [address, status] of [
    [next.ofRoom, 200],
    [next.ofOwner, 200],
    [next.icon, 200],
    [icon, 404],
    [ofRoom, 404],
    [ofOwner, 404],
  ] as const)
    expect((await member.fetch(address)).status).toBe(status);
});
