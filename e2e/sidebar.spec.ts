import type { Locator, Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { onLine } from "./line";
import { fetchedAhead, roomLink, roomList, roomPath, roomTitle } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

const title = (page: Page, name: string) => roomList(page).getByRole("button", { name, exact: true });
/** The names of all lists that have rows, with their rooms, in the order shown. */
const shown = (page: Page) =>
  roomList(page).evaluate((nav) =>
    [...nav.getElementsByTagName("ul")]
      .filter((list) => list.children.length > 0)
      .map((list) => {
        const rooms = [...list.getElementsByTagName("a")].map((link) => link.querySelector("bdi")?.textContent);
        return `${list.getAttribute("aria-label")}: ${rooms.join(" ")}`;
      }),
  );

/** Opens a menu with the key for it, and chooses an item by its name. */
async function choose(page: Page, at: Locator, item: string): Promise<void> {
  await at.focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: item }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

async function threeRooms() {
  const team = await makeTeam({ room: "lighthouse" });
  for (const name of ["atrium", "observatory"]) await addRoom(team, { name }, team.ada, team.bo);
  return team;
}

test("favourites and a section are made by keyboard, and every tab shows them at once", async ({ enter }) => {
  const { ada, room } = await threeRooms();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(ada, { at: roomPath(room) })]);
  await choose(a, roomLink(a, "observatory"), "Add to favourites");
  await expect.poll(() => shown(b)).toEqual(["Favourites: observatory", "Rooms: atrium lighthouse"]);
  await expect(roomLink(a, "observatory"), "the focus follows the row").toBeFocused();

  await choose(a, roomLink(a, "atrium"), "New section");
  const dialog = a.getByRole("dialog", { name: "New section" });
  await dialog.getByRole("button", { name: "Create section" }).click();
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription("Enter a name.");
  await dialog.getByRole("textbox", { name: "Name" }).fill("<b>Clients</b> عملاء");
  await dialog.getByRole("button", { name: "🚀" }).click();
  await dialog.getByRole("button", { name: "Create section" }).click();
  const sections = ["Favourites: observatory", "<b>Clients</b> عملاء: atrium", "Rooms: lighthouse"];
  for (const page of [a, b]) await expect.poll(() => shown(page)).toEqual(sections);
  await expect(dialog).toHaveCount(0);
  await expectAccessible(a);

  await choose(a, title(a, "<b>Clients</b> عملاء"), "Move up");
  await expect.poll(async () => (await shown(b))[0]).toBe("<b>Clients</b> عملاء: atrium");
  await choose(a, title(a, "<b>Clients</b> عملاء"), "Rename");
  const renaming = a.getByRole("dialog", { name: "Rename section" });
  await renaming.getByRole("textbox", { name: "Name" }).fill("Clients");
  await renaming.getByRole("button", { name: "Save" }).click();
  await expect(title(b, "Clients")).toBeVisible();
  await choose(a, title(a, "Clients"), "Delete section");
  const undo = a.getByRole("button", { name: "Undo" });
  // A toast stays while the mouse is on it.
  await undo.hover();
  for (const page of [a, b])
    await expect.poll(() => shown(page)).toEqual(["Favourites: observatory", "Rooms: atrium lighthouse"]);
  await undo.click();
  const restored = ["Clients: atrium", "Favourites: observatory", "Rooms: lighthouse"];
  for (const page of [a, b]) await expect.poll(() => shown(page)).toEqual(restored);
  await choose(b, title(b, "Clients"), "Delete section");
  for (const page of [a, b])
    await expect.poll(() => shown(page)).toEqual(["Favourites: observatory", "Rooms: atrium lighthouse"]);
  await b.reload();
  await expect.poll(() => shown(b)).toEqual(["Favourites: observatory", "Rooms: atrium lighthouse"]);
});

test("unread rooms are listed above the sections, and the open one stays where it is", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const other = await addRoom(team, { name: "observatory" }, ada, bo);
  const b = await enter(bo, { at: roomPath(room) });
  const program = await programOf(ada);
  data(await program.rest("message.send", { roomId: other.id, body: "A comet" }));
  await expect.poll(() => shown(b)).toEqual(["Unread: observatory", "Rooms: lighthouse"]);
  await roomLink(b, "observatory").click();
  await expect(roomLink(b, "observatory")).toHaveAccessibleName("observatory");
  expect(await shown(b)).toEqual(["Unread: observatory", "Rooms: lighthouse"]);
  await roomLink(b, "lighthouse").click();
  await expect.poll(() => shown(b)).toEqual(["Rooms: lighthouse observatory"]);

  await title(b, "Rooms").click();
  await expect(title(b, "Rooms")).toHaveAttribute("aria-expanded", "false");
  await expect.poll(() => shown(b), "the open room stays in sight").toEqual(["Rooms: lighthouse"]);
  data(await program.rest("message.send", { roomId: other.id, body: "Another" }));
  await expect(title(b, "Rooms")).toHaveAccessibleDescription("1 unread");
  await title(b, "Rooms").click();
  await expect.poll(() => shown(b)).toEqual(["Unread: observatory", "Rooms: lighthouse"]);

  await roomList(b).getByRole("button", { name: "Unread only" }).click();
  await expect.poll(() => shown(b)).toEqual(["Rooms: lighthouse observatory"]);
  await expect(roomList(b)).toContainText("No room is hidden.");
  await expectAccessible(b);
  await roomList(b).getByRole("button", { name: "Mark all as read" }).click();
  await expect(roomList(b)).toContainText("1 read or muted room is hidden.");
  await b.getByRole("button", { name: "Undo" }).click();
  await expect(roomList(b)).toContainText("No room is hidden.");
  await roomList(b).getByRole("button", { name: "Mark all as read" }).click();
  await expect(roomList(b)).toContainText("1 read or muted room is hidden.");
  await roomList(b).getByRole("button", { name: "Show all" }).click();
  await expect.poll(() => shown(b)).toEqual(["Rooms: lighthouse observatory"]);
});

test("the list is one stop of the Tab key, and keeps the focus when a menu closes", async ({ enter }) => {
  const { ada, room } = await threeRooms();
  const a = await enter(ada, { at: roomPath(room) });
  await roomLink(a, "lighthouse").focus();
  await a.keyboard.press("Home");
  await expect(roomLink(a, "atrium")).toBeFocused();
  await a.keyboard.press("ArrowUp");
  await expect(title(a, "Rooms")).toBeFocused();
  await a.keyboard.press("Shift+Tab");
  await expect(roomList(a).getByRole("link", { name: "Invites" }), "no row is a second stop").toBeFocused();
  await a.keyboard.press("Tab");
  await expect(roomList(a).getByRole("button", { name: "Add rooms" })).toBeFocused();
  await a.keyboard.press("Tab");
  await expect(roomLink(a, "lighthouse"), "the open room is the stop").toBeFocused();
  await a.keyboard.press("Shift+F10");
  await expect(a.getByRole("menuitem", { name: "Mute" })).toBeVisible();
  await a.keyboard.press("Escape");
  await expect(roomLink(a, "lighthouse")).toBeFocused();
  await a.keyboard.press("End");
  await choose(a, title(a, "Rooms"), "Move down");
  await expect(roomList(a).locator("section").last(), "the server has moved it").toHaveAttribute(
    "data-section",
    "rooms",
  );
  await expect(roomList(a).getByRole("button", { name: "Options for Rooms" })).toBeFocused();
  await a.keyboard.press("ArrowUp");
  await expect(title(a, "Direct messages"), "the arrows go on from its title").toBeFocused();
});

test("a room is dragged into a section, and a section above another", async ({ enter }) => {
  const { ada, room } = await threeRooms();
  const a = await enter(ada, { at: roomPath(room) });
  await choose(a, roomLink(a, "observatory"), "Add to favourites");
  await expect.poll(() => shown(a)).toEqual(["Favourites: observatory", "Rooms: atrium lighthouse"]);
  await drag(a, roomLink(a, "atrium"), title(a, "Favourites"));
  await expect.poll(() => shown(a)).toEqual(["Favourites: atrium observatory", "Rooms: lighthouse"]);
  await drag(a, title(a, "Rooms"), title(a, "Favourites"));
  await expect.poll(() => shown(a)).toEqual(["Rooms: lighthouse", "Favourites: atrium observatory"]);
  await expect(roomTitle(a, "lighthouse"), "no room was opened").toBeVisible();
});

/** Drags one thing onto another, with the mouse. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.waitForFunction(() => document.querySelector("#rooms [data-draggable]"), null, { polling: "raf" });
  await page.mouse.down();
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error("Both must be visible.");
  await page.mouse.move(start.x + 20, start.y + 10, { steps: 4 });
  await page.mouse.move(end.x + 10, end.y + 6, { steps: 8 });
  await page.mouse.up();
}

test("changes show before the server answers", async ({ enter }) => {
  const { ada, room } = await threeRooms();
  const page = await enter(ada, { at: "about:blank" });
  const line = await onLine(page, roomPath(room), { up: /section\.update|membership\.setSection/ });
  await expect.poll(() => shown(page)).toEqual(["Rooms: atrium lighthouse observatory"]);
  line.hold();
  await choose(page, roomLink(page, "atrium"), "Add to favourites");
  await title(page, "Rooms").click();
  await expect.poll(() => shown(page)).toEqual(["Favourites: atrium", "Rooms: lighthouse"]);
  await expect(title(page, "Rooms")).toHaveAttribute("aria-expanded", "false");
  const other = await enter(ada, { at: roomPath(room) });
  await expect.poll(() => shown(other)).toEqual(["Rooms: atrium lighthouse observatory"]);
  line.goOn();
  for (const each of [page, other])
    await expect.poll(() => shown(each)).toEqual(["Favourites: atrium", "Rooms: lighthouse"]);
});

test.describe("without a network", () => {
  test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_/ });
  test("a change that cannot be made is taken back, and says why", async ({ enter }) => {
    const { ada, room } = await threeRooms();
    const page = await enter(ada, { at: roomPath(room) });
    await expect(title(page, "Rooms")).toHaveAttribute("aria-expanded", "true");
    await fetchedAhead(page);
    await page.context().setOffline(true);
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
    await title(page, "Rooms").click();
    await expect(page.getByText(/Can't reach the server/)).toBeVisible();
    await expect(title(page, "Rooms")).toHaveAttribute("aria-expanded", "true");
  });
});

test("everything in a section is muted from its menu, with an Undo", async ({ enter }) => {
  const { ada, room } = await threeRooms();
  const page = await enter(ada, { at: roomPath(room) });
  const muted = roomList(page).getByRole("img", { name: "Muted" });
  await choose(page, title(page, "Rooms"), "Mute everything in it");
  await expect(muted).toHaveCount(3);
  await expect(page.getByText("Muted 3 rooms.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(muted).toHaveCount(0);
});

test("on a phone, holding a room opens its menu, and controls are touch targets", async ({ enter }) => {
  const { ada } = await threeRooms();
  const a = await enter(ada, { at: "/", ...phone });
  await roomLink(a, "atrium").dispatchEvent("contextmenu");
  await expect(a.getByRole("menu", { name: "#atrium" })).toBeVisible();
  await a.getByRole("menuitem", { name: "Add to favourites" }).click();
  await expect.poll(() => shown(a)).toEqual(["Favourites: atrium", "Rooms: lighthouse observatory"]);
  for (const button of await roomList(a).getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(box?.height ?? 0, (await button.getAttribute("aria-label")) ?? "").toBeGreaterThanOrEqual(24);
  }
  await roomList(a).getByRole("button", { name: "Options for Favourites" }).click();
  await a.getByRole("menuitemradio", { name: "Newest first" }).click();
  await expectAccessible(a);
});
