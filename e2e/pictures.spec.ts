import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { pathsOf } from "@/lib/contract/paths";
import { data } from "@/tests/harness/login";
import { handleOf } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { message, roomLink, roomList, roomPath } from "./screen";
import { makeTeam, programOf, sayAs } from "./team";

const detailsOf = (page: Page): Locator => page.getByRole("complementary");
const dialogOf = (page: Page): Locator => page.getByRole("dialog");
const cropArea = (page: Page): Locator => dialogOf(page).getByRole("group", { name: /^Position/ });

/** A wide picture: red at the left, white in the middle, blue at the right. */
async function widePicture() {
  const stripe = (background: string) => ({ create: { width: 100, height: 100, channels: 3 as const, background } });
  const part = async (background: string, left: number) => ({
    input: await sharp(stripe(background)).png().toBuffer(),
    left,
    top: 0,
  });
  const buffer = await sharp({ create: { width: 300, height: 100, channels: 3, background: "#ffffff" } })
    .composite([await part("#ff0000", 0), await part("#0000ff", 200)])
    .png()
    .toBuffer();
  return { name: "flag.txt", mimeType: "image/png", buffer };
}

async function choosePicture(page: Page): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await dialogOf(page).getByRole("button", { name: "Choose a picture" }).click();
  await (await chooser).setFiles(await widePicture());
  await expect(cropArea(page)).toBeVisible();
}

/** The colour in the middle of a shown picture. */
const colourOf = (picture: Locator) =>
  picture.evaluate(async (element) => {
    const image = element as HTMLImageElement;
    // The width is known from the first bytes. A canvas draws nothing until the last ones have arrived.
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 1;
    canvas.height = 1;
    const context = canvas.getContext("2d");
    context?.drawImage(image, image.naturalWidth / 2, image.naturalHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
    if (green > 150) return "white";
    return red > blue ? "red" : "blue";
  });

const pictureIn = (place: Locator): Locator => place.locator('img[src*="/pictures/"]');
const iconIn = (place: Locator): Locator => place.locator('img[src^="/icons/"]');
const loaded = (picture: Locator) =>
  expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

test("a person crops their picture by keyboard, and everyone sees it at once beside what they wrote", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(ada, team, ["Look at me"]);
  const [a, b] = await Promise.all([enter(ada, { at: "/settings/account" }), enter(bo, { at: roomPath(room) })]);
  await a.getByRole("button", { name: "Add a picture" }).click();
  await choosePicture(a);
  await expectAccessible(a);
  await cropArea(a).focus();
  for (let press = 0; press < 30; press++) await a.keyboard.press("ArrowRight");
  await dialogOf(a).getByRole("slider", { name: "Zoom" }).focus();
  await a.keyboard.press("ArrowRight");
  await dialogOf(a).getByRole("button", { name: "Save" }).press("Enter");
  await expect(a.getByRole("button", { name: "Change picture" })).toBeFocused();
  const own = pictureIn(a.getByRole("main"));
  await loaded(own);
  expect(await colourOf(own)).toBe("blue");

  const beside = pictureIn(message(b, "Look at me"));
  await loaded(beside);
  expect(await colourOf(beside)).toBe("blue");

  await a.getByRole("button", { name: "Change picture" }).click();
  await dialogOf(a).getByRole("button", { name: "Remove" }).click();
  await expect(a.getByRole("button", { name: "Add a picture" })).toBeVisible();
  await expect(beside).toHaveCount(0);
});

test("a room's admin gives it an emoji, then a picture, and every tab shows it", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const at = `${roomPath(room)}?panel=details`;
  const [a, b] = await Promise.all([enter(ada, { at }), enter(bo, { at })]);
  await expect(detailsOf(b).getByRole("button", { name: "Change picture" })).toHaveCount(0);

  await detailsOf(a).getByRole("button", { name: "Change picture" }).click();
  await dialogOf(a).getByRole("textbox", { name: "Another emoji" }).fill("tea");
  await dialogOf(a).getByRole("button", { name: "Save" }).click();
  await expect(dialogOf(a).getByRole("alert")).toContainText("Choose one emoji.");
  await dialogOf(a).getByRole("button", { name: "🚀" }).click();
  await expectAccessible(a);
  await dialogOf(a).getByRole("button", { name: "Save" }).click();
  for (const page of [a, b]) {
    await expect(roomLink(page, "lighthouse")).toContainText("🚀");
    await expect(detailsOf(page)).toContainText("🚀");
    await expect(page.getByRole("main").getByText("🚀").first()).toBeAttached();
  }

  await detailsOf(a).getByRole("button", { name: "Change picture" }).click();
  await dialogOf(a).getByRole("radio", { name: "Picture" }).check();
  await choosePicture(a);
  await dialogOf(a).getByRole("button", { name: "Save" }).click();
  for (const page of [a, b]) {
    const inList = pictureIn(roomList(page));
    await loaded(inList);
    expect(await colourOf(inList)).toBe("white");
    await expect(pictureIn(detailsOf(page))).toBeVisible();
    await expect(detailsOf(page)).not.toContainText("🚀");
  }
});

test("a new room has the picture that was chosen for it, and an invite and an ask link show it", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const a = await enter(ada, { at: roomPath(room) });
  await a.getByRole("button", { name: "Add rooms" }).click();
  await a.getByRole("menuitem", { name: "New room" }).click();
  const form = a.getByRole("dialog", { name: "New room" });
  await form.getByRole("textbox", { name: "Name" }).fill("flags");
  await form.getByRole("radio", { name: /^Private/ }).check();
  await form.getByRole("button", { name: "Add a picture or emoji" }).click();
  const choice = a.getByRole("dialog", { name: "Picture of the new room" });
  await choice.getByRole("radio", { name: "Picture" }).check();
  const chooser = a.waitForEvent("filechooser");
  await choice.getByRole("button", { name: "Choose a picture" }).click();
  await (await chooser).setFiles(await widePicture());
  await choice.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("button", { name: "Change picture" })).toBeFocused();
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveValue("flags");
  await form.getByRole("button", { name: "Create room" }).click();
  const inList = pictureIn(roomList(a));
  await loaded(inList);
  expect(await colourOf(inList)).toBe("white");

  const program = await programOf(ada);
  const { rooms } = data(await program.rest("home.show", {}));
  const roomId = rooms.find((each) => each.room.name === "flags")?.room.id ?? "";
  const { token } = data(await program.rest("askLink.create", { roomId }));
  const b = await enter(bo, { at: pathsOf(handleOf(bo.organizationId)).ask(token) });
  await loaded(pictureIn(b.getByRole("main")));
  await expectAccessible(b);
  data(await program.rest("roomInvite.send", { roomId, personId: bo.id }));
  await loaded(pictureIn(b.getByRole("article", { name: "Invite to flags" })));
});

test("an owner gives the organization an icon, and every tab and an invite show it", async ({ enter, visit }) => {
  const { ada, bo, room } = await makeTeam();
  const b = await enter(bo, { at: roomPath(room) });
  const a = await enter(ada, { at: "/settings/general" });
  const header = b.getByRole("button", { name: "Larkfield" });
  await expect(header).toBeVisible();
  await expect(iconIn(header)).toHaveCount(0);
  await a.getByRole("button", { name: "Add an icon" }).click();
  await choosePicture(a);
  await dialogOf(a).getByRole("button", { name: "Save" }).press("Enter");
  const change = a.getByRole("button", { name: "Change icon" });
  await expect(change).toBeFocused();
  await expectAccessible(a);
  await loaded(iconIn(a.getByRole("main")));
  await loaded(iconIn(header));
  expect(await colourOf(iconIn(header))).toBe("white");

  const { token } = data(await (await programOf(ada)).rest("invite.create", {}));
  const stranger = await visit({ at: `/join/${token}` });
  await loaded(iconIn(stranger.getByRole("main")));

  await change.click();
  await dialogOf(a).getByRole("button", { name: "Remove" }).click();
  await expect(a.getByRole("button", { name: "Add an icon" })).toBeFocused();
  await expect(iconIn(header)).toHaveCount(0);
});

test("on a phone a picture is dragged with a finger, and every control is large enough", async ({ enter }) => {
  const { ada } = await makeTeam();
  const page = await enter(ada, { ...phone, at: "/settings/account" });
  await page.getByRole("button", { name: "Add a picture" }).click();
  await choosePicture(page);
  const dialog = dialogOf(page);
  for (const control of [
    dialog.getByRole("slider", { name: "Zoom" }),
    dialog.getByRole("button", { name: "Choose another picture" }),
    dialog.getByRole("button", { name: "Save" }),
    dialog.getByRole("button", { name: "Cancel" }),
  ]) {
    expect((await control.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
  }
  const box = await cropArea(page).boundingBox();
  if (!box) throw new Error("There is nothing to drag.");
  const [x, y] = [box.x + 10, box.y + box.height / 2];
  const touch = await page.context().newCDPSession(page);
  const send = (type: string, ...touchPoints: { x: number; y: number }[]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints } as never);
  await send("touchStart", { x, y });
  for (const far of [60, 120, 180, 235]) await send("touchMove", { x: x + far, y });
  await send("touchEnd");
  await touch.detach();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Change picture" })).toBeVisible();
  const own = pictureIn(page.getByRole("main"));
  await loaded(own);
  expect(await colourOf(own)).toBe("red");
});
