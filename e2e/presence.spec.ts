import type { Locator, Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { message, roomPath, say, settled } from "./screen";
import { makeTeam, programOf } from "./team";

const card = (page: Page, name: string): Locator => page.getByRole("dialog", { name, exact: true });
const footer = (page: Page): Locator =>
  page.getByRole("navigation", { name: "Rooms" }).getByRole("button", { name: /Ada Lovelace/ });
/** Somebody's row in the panel with the members of the room. */
const member = (page: Page, name: string): Locator =>
  page.getByRole("complementary").getByRole("listitem").filter({ hasText: name });
/** The button in Ada's own card for a presence. If it is chosen, its name also says until when. */
const choice = (page: Page, name: string): Locator =>
  card(page, "Ada Lovelace").getByRole("button", { name: new RegExp(`^${name}`) });
const membersOf = (room: Parameters<typeof roomPath>[0]) => `${roomPath(room)}?panel=members`;

test("do not disturb is chosen by keyboard, is on every screen at once, and ends by itself", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b, onPhone] = await Promise.all([
    enter(ada, { at: roomPath(room) }),
    enter(bo, { at: membersOf(room) }),
    enter(ada, { at: "/", ...phone }),
  ]);
  await expect(member(b, "Ada Lovelace")).toContainText("Active");
  await footer(a).press("Enter");
  await expect(choice(a, "Active")).toHaveAttribute("aria-current", "true");
  const dnd = choice(a, "Do not disturb");
  await dnd.press("Enter");
  await expect(dnd).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(a, ["wide"]);
  await card(a, "Ada Lovelace").getByRole("button", { name: "1 hour" }).press("Enter");
  await expect(dnd).toBeFocused();
  await expect(dnd).toHaveAttribute("aria-expanded", "false");
  await expect(dnd).toHaveAttribute("aria-current", "true");
  await expect(dnd).toHaveAccessibleName(/^Do not disturb (until|today)/);
  for (const page of [a, onPhone]) await expect(footer(page)).toContainText(/Do not disturb (until|today)/);
  await expect(member(b, "Ada Lovelace")).toContainText("Do not disturb");

  await onPhone.reload();
  await settled(onPhone);
  await footer(onPhone).tap();
  await expect(choice(onPhone, "Do not disturb")).toHaveAttribute("aria-current", "true");
  await expectAccessible(onPhone, ["phone"]);
  for (const button of await card(onPhone, "Ada Lovelace").getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(box?.height ?? 0, (await button.textContent()) ?? "").toBeGreaterThanOrEqual(24);
  }

  const program = await programOf(ada);
  const until = new Date(Date.now() + 4_000).toISOString();
  data(await program.rest("presence.choose", { choice: "dnd", until }));
  await expect(choice(onPhone, "Active")).toHaveAttribute("aria-current", "true", { timeout: 20_000 });
  // On a phone the card is a sheet, which covers the page.
  await onPhone.goBack();
  for (const page of [a, onPhone]) await expect(footer(page)).toContainText("Active");
  await expect(member(b, "Ada Lovelace")).toContainText("Active");
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
});

test("who appears offline is offline for others, is told so, and is seen again when they choose it", async ({
  enter,
}) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: membersOf(room) })]);
  await expect(member(b, "Ada Lovelace")).toContainText("Active");
  await footer(a).press("Enter");
  await choice(a, "Appear offline").press("Enter");
  await expect(card(a, "Ada Lovelace")).toContainText("They still see what you send.");
  await card(a, "Ada Lovelace").getByRole("button", { name: "Until I change it" }).press("Enter");
  await expect(footer(a)).toContainText("Appearing offline");
  await expect(choice(a, "Appear offline")).toHaveAttribute("aria-current", "true");
  await a.keyboard.press("Escape");
  await expect(card(a, "Ada Lovelace")).toHaveCount(0);
  await expect(member(b, "Ada Lovelace")).toContainText("Offline", { timeout: 10_000 });

  await a.reload();
  await settled(a);
  await expect(footer(a)).toContainText("Appearing offline");
  // A status does not hide that they appear offline.
  data(await (await programOf(ada)).rest("person.setStatus", { emoji: "🎧", text: "Focus", until: null }));
  await say(a, "From nowhere");
  await expect(message(b, "From nowhere").getByRole("img", { name: "Focus" })).toBeVisible();
  await expect(footer(a)).toContainText("Appearing offline");
  await expect(member(b, "Ada Lovelace")).toContainText("Offline");

  await footer(a).press("Enter");
  await choice(a, "Active").press("Enter");
  await expect(footer(a)).toContainText("🎧 Focus");
  await expect(member(b, "Ada Lovelace")).toContainText("Active");
});

test.describe("what is refused", () => {
  // A time that has passed.
  test.use({ expectedNoise: /status of 400/ });

  test("the end can be a day and time, which is asked for and kept until it is right", async ({ enter }) => {
    const { ada, room } = await makeTeam();
    const a = await enter(ada, { at: roomPath(room) });
    await footer(a).press("Enter");
    await choice(a, "Appear offline").press("Enter");
    await card(a, "Ada Lovelace").getByRole("button", { name: "A day and time" }).press("Enter");
    const dialog = a.getByRole("dialog", { name: "Appear offline" });
    const field = dialog.getByLabel("Until");
    await expect(field).toBeFocused();
    await expectAccessible(a);
    await dialog.getByRole("button", { name: "Appear offline" }).click();
    await expect(field).toHaveAccessibleDescription("Choose when it ends.");
    await field.fill("2020-01-01T10:00");
    await dialog.getByRole("button", { name: "Appear offline" }).click();
    await expect(field).toHaveAccessibleDescription("Choose a time in the future.");
    await expect(field).toHaveValue("2020-01-01T10:00");
    await field.fill(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16));
    await dialog.getByRole("button", { name: "Appear offline" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(footer(a)).toContainText(/Appearing offline until .*\d/);
  });
});
