import type { Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { joinAs, makePerson } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { latest } from "./long-room";
import { composer, log, message, roomPath, settled } from "./screen";
import { addRoom, makeTeam, programOf, sayAs, type Team } from "./team";
import { hold } from "./touch";

const panel = (page: Page) => page.getByRole("complementary", { name: /^Pinned messages of/ });
const pins = (page: Page) => panel(page).getByRole("list", { name: "Pinned messages" }).getByRole("listitem");
const header = (page: Page) => page.getByRole("main").getByRole("button", { name: "More", exact: true }).first();

async function openPins(page: Page): Promise<void> {
  await header(page).click();
  await page.getByRole("menuitem", { name: /^Pinned messages/ }).click();
  await expect(panel(page)).toBeVisible();
}

/** Sends a message as Bo, and returns its id. */
async function idOf({ bo, room }: Team, body: string): Promise<string> {
  return data(await (await programOf(bo)).rest("message.send", { roomId: room.id, body })).id;
}

test("pinned from the keyboard, told to everybody, found in the panel, and unpinned with undo", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(bo, team, ["The runbook", "Something else"]);
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await expect(message(a, "Something else")).toBeVisible();
  await composer(a).press("Shift+F6");
  await message(a, "Something else").press("ArrowUp");
  await expect(message(a, "The runbook")).toBeFocused();
  await a.keyboard.press("p");
  for (const page of [a, b]) {
    await expect(message(page, "The runbook")).toContainText("(pinned)");
    await expect(log(page)).toContainText("Ada Lovelace pinned a message");
  }
  await header(b).click();
  await expect(b.getByRole("menuitem", { name: "Pinned messages" })).toContainText("1");
  await b.keyboard.press("Escape");
  await expect(b.getByRole("menu")).toHaveCount(0);
  await openPins(b);
  await expect(pins(b)).toHaveCount(1);
  await expect(pins(b)).toContainText("Pinned by Ada Lovelace");
  await expectAccessible(b);

  await panel(b).getByRole("button", { name: "Unpin the message of Bo Larsen" }).click();
  await Promise.all([
    expect(panel(b)).toContainText("Nothing is pinned"),
    expect(message(a, "The runbook")).not.toContainText("(pinned)"),
  ]);
  await b.getByRole("button", { name: "Undo" }).click();
  await expect(pins(b)).toHaveCount(1);
  await expect(message(a, "The runbook")).toContainText("(pinned)");
});

test("a pin leads to its message, however far back", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const messageId = await idOf(team, "Far back");
  await fillRoom(room, bo, 400);
  data(await (await programOf(bo)).rest("pin.add", { messageId }));
  const page = await enter(ada, { at: `${roomPath(room)}?panel=pins` });
  await panel(page).getByRole("button", { name: "Show the message of Bo Larsen" }).click();
  await expect(message(page, "Far back")).toBeFocused();
  await expect(page).not.toHaveURL(/message=/);
});

test("a link opens its message for members, in a preview, after signing in, and as a tombstone", async ({
  enter,
  visit,
}) => {
  const team = await makeTeam();
  const { ada, bo, room, organization } = team;
  const paths = pathsOf(organization.handle);
  await fillRoom(room, bo, 150);
  const messageId = await idOf(team, "In the middle");
  await fillRoom(room, bo, 150);
  const at = paths.message(messageId);
  const member = await enter(ada, { at });
  await expect(message(member, "In the middle")).toBeFocused();
  await expect(member).toHaveURL(new RegExp(`/rooms/${room.id}$`));
  await expectAccessible(member);

  const outsider = await makePerson(organization, { name: "Cleo" });
  const preview = await enter(outsider, { at });
  await expect(message(preview, "In the middle")).toBeFocused();
  await expect(preview.getByRole("button", { name: "Join room" })).toBeVisible();
  // Below it, the log goes on to its end.
  await latest(preview).click();
  await expect(message(preview, /Message 150(?!\d)/).last()).toBeInViewport();

  const stranger = await visit({ at });
  await expect(stranger).toHaveURL(new RegExp(`next=${encodeURIComponent(at).replaceAll(".", "\\.")}`));

  data(await (await programOf(bo)).rest("message.delete", { messageId }));
  const later = await enter(ada, { at, ...phone });
  await expect(log(later).locator(":focus")).toContainText("This message was deleted");
});

test.describe("links that lead nowhere", () => {
  // An address that holds no id is a bad request.
  test.use({ expectedNoise: /status of 400/ });

  test("a link to what one may not see, and to nothing, gets the same text", async ({ enter }) => {
    const team = await makeTeam();
    const { ada, bo, organization } = team;
    const hidden = await addRoom(team, { name: "vault", access: "private" }, ada);
    const { id } = data(await (await programOf(ada)).rest("message.send", { roomId: hidden.id, body: "Secret" }));
    const paths = pathsOf(organization.handle);
    const page = await enter(bo, { at: "about:blank" });
    const texts: string[] = [];
    for (const messageId of [id, crypto.randomUUID(), "nothing"]) {
      await page.goto(paths.message(messageId));
      await expect(page.getByRole("heading", { name: "You can't see this message" })).toBeVisible();
      texts.push(await page.getByRole("main").innerText());
    }
    expect(new Set(texts).size).toBe(1);
    await settled(page);
    await expectAccessible(page);
  });
});

test("the link of a message is copied from its menu", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, room, organization } = team;
  const messageId = await idOf(team, "Copy me");
  const page = await enter(ada, { at: roomPath(room), permissions: ["clipboard-read", "clipboard-write"] });
  await message(page, "Copy me").hover();
  await message(page, "Copy me").getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(page.getByText("Link copied")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).pathname).toBe(pathsOf(organization.handle).message(messageId));
});

test("on a phone: pinned by a long press, and the panel gives way to the message", async ({ enter }) => {
  const team = await makeTeam();
  const { bo, room } = team;
  await sayAs(bo, team, ["Pin this"]);
  const guest = await makePerson(team.organization, { name: "Gus", role: "guest" });
  await joinAs("member", room, guest);
  const page = await enter(team.ada, { at: roomPath(room), ...phone });
  await settled(page);
  const sheet = page.getByRole("dialog", { name: "Message actions" });
  await hold(page, message(page, "Pin this"), sheet);
  await sheet.getByRole("button", { name: "Pin", exact: true }).tap();
  await expect(message(page, "Pin this")).toContainText("(pinned)");
  await openPins(page);
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Show the message of Bo Larsen" }).tap();
  await expect(panel(page)).toHaveCount(0);
  await expect(message(page, "Pin this")).toBeVisible();

  const g = await enter(guest, { at: `${roomPath(room)}?panel=pins` });
  await expect(pins(g)).toHaveCount(1);
  await expect(panel(g).getByRole("button", { name: /^Unpin/ })).toHaveCount(0);
  expect(await db().message.count({ where: { roomId: room.id, pinnedAt: { not: null } } })).toBe(1);
});
