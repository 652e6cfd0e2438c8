// What is typed and not sent is on all devices, and is never lost.
import type { Locator, Page } from "@playwright/test";
import { newId } from "@/lib/client/new-id";
import { limits } from "@/lib/contract/limits";
import { data } from "@/tests/harness/login";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { onLine } from "./line";
import { composer, message, roomLink, roomList, roomPath, roomTitle, settled } from "./screen";
import { addRoom, makeTeam, programOf, type Team } from "./team";

const draftsLink = (page: Page): Locator => roomList(page).getByRole("link", { name: /^Drafts/ });
const rows = (page: Page): Locator => page.getByRole("list", { name: "Drafts" }).getByRole("listitem");
const pencil = (page: Page, room: string): Locator => roomLink(page, room).getByRole("img", { name: "Draft" });
const others = (page: Page): Locator => page.getByRole("list", { name: "From another device" }).getByRole("listitem");

/** What the server has of Ada's draft. */
async function saved({ ada }: Team, room: { id: string }): Promise<string> {
  return data(await (await programOf(ada)).rest("draft.show", { roomId: room.id })).text;
}
const expectSaved = (team: Team, room: { id: string }, text: string) =>
  expect.poll(() => saved(team, room), { timeout: 30_000 }).toBe(text);

async function makeTeamWithRooms() {
  const team = await makeTeam();
  const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
  return { team, other };
}

test("a draft is on another device soon, goes on there, and is gone from both when it is sent", async ({ enter }) => {
  const { team, other } = await makeTeamWithRooms();
  const { ada, room } = team;
  const [desk, sofa] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(ada, { at: roomPath(other) })]);
  await expect(draftsLink(sofa)).toHaveCount(0);
  await composer(desk).fill("Shall we");
  await expect(pencil(sofa, "lighthouse")).toBeVisible();
  await expect(draftsLink(sofa)).toContainText("1");
  await expect(draftsLink(desk), "the room on the screen does not count").toHaveCount(0);
  await expectAccessible(sofa, ["wide"]);

  await roomLink(sofa, "lighthouse").click();
  await expect(composer(sofa)).toHaveValue("Shall we");
  await expect(composer(sofa)).toBeFocused();
  await sofa.keyboard.press("End");
  await sofa.keyboard.type(" meet?");
  await expect(composer(desk)).toHaveValue("Shall we meet?");
  await expect(others(desk)).toHaveCount(0);
  await sofa.keyboard.press("Enter");
  for (const page of [desk, sofa]) {
    await expect(message(page, "Shall we meet?")).toHaveCount(1);
    await expect(composer(page)).toHaveValue("");
  }
  await roomLink(desk, "observatory").click();
  await expect(roomTitle(desk, "observatory")).toBeVisible();
  await expect(draftsLink(desk)).toHaveCount(0);
  await expectSaved(team, room, "");
});

test("what is typed on two devices stays on each, and the other text is offered", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, room } = team;
  const [desk, train] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(ada, { at: "about:blank" })]);
  const line = await onLine(train, roomPath(room), { down: /"type":"draft"/ });
  await settled(train);
  line.hold();
  await composer(desk).fill("From the desk");
  await expectSaved(team, room, "From the desk");
  await composer(train).fill("From the train");
  await expect(others(train)).toContainText("From the desk");
  await expect(composer(train)).toHaveValue("From the train");
  await expectSaved(team, room, "From the train");
  line.goOn();
  await expect(composer(desk)).toHaveValue("From the train");
  await expectAccessible(train, ["wide"]);

  await others(train).getByRole("button", { name: "Use it" }).click();
  await expect(composer(train)).toHaveValue("From the desk");
  await expect(composer(train)).toBeFocused();
  await expect(others(train)).toContainText("From the train");
  // It is kept until it is decided.
  await train.reload();
  await settled(train);
  await others(train).getByRole("button", { name: "Discard" }).press("Enter");
  await expect(others(train)).toHaveCount(0);
  await expect(composer(train)).toHaveValue("From the desk");
});

test.describe("when drafts cannot be saved", () => {
  test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_/ });

  test("signing out warns that something is only in this browser, and a draft is saved as soon as it can be", async ({
    enter,
  }) => {
    const team = await makeTeam();
    const page = await enter(team.ada, { at: "about:blank" });
    let isDown = true;
    // Without a socket, requests use HTTP.
    await page.routeWebSocket(/\/socket\.io\//, (socket) => socket.close());
    await page.route(/\/api\/rooms\/[^/]+\/draft$/, (route) => (isDown ? route.abort() : route.continue()));
    await page.goto(roomPath(team.room));
    await settled(page);
    const signOut = async () => {
      await roomList(page)
        .getByRole("button", { name: /^Larkfield/ })
        .click();
      await page.getByRole("menuitem", { name: "Sign out Ada Lovelace" }).click();
    };
    const save = page.waitForRequest(/\/draft$/);
    await composer(page).fill("Only here");
    // The code that saves is there.
    await save;
    await signOut();
    const dialog = page.getByRole("alertdialog", { name: "Sign out?" });
    await expect(dialog).toContainText("It stays in this browser");
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    isDown = false;
    await expectSaved(team, team.room, "Only here");
    await signOut();
    await expect(page).toHaveURL(/sign-in/);
  });
});

test("the list of drafts opens and deletes them, with Undo, by keyboard", async ({ enter }) => {
  const { team, other } = await makeTeamWithRooms();
  const { ada, room } = team;
  const long = "Long ".repeat(400);
  const page = await enter(ada, { at: roomPath(room) });
  await composer(page).fill(long);
  await expectSaved(team, room, long); // the list begins with what was saved last
  await roomLink(page, "observatory").click();
  await expect(roomTitle(page, "observatory")).toBeVisible();
  await composer(page).fill("**Short** and ||hidden||");
  await expectSaved(team, other, "**Short** and ||hidden||");
  await draftsLink(page).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/^Drafts/);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole("main")).toContainText("2 drafts");
  await expect(rows(page).first()).toContainText("Short and");
  await expect(rows(page).first()).not.toContainText("hidden");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Delete draft in #lighthouse" }).press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await expectSaved(team, room, "");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expectSaved(team, room, long);
  await page.getByRole("button", { name: "Delete draft in #observatory" }).click();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole("link").click();
  await expect(composer(page)).toHaveValue(long);
  await composer(page).fill("");
  await page.goto(new URL(page.url()).pathname.replace(/rooms.*/, "drafts"));
  await settled(page);
  await expect(page.getByRole("main")).toContainText("No drafts");
});

test("a draft outlives a crash of the page, removal from the room, and the room", async ({ enter }) => {
  const { team, other } = await makeTeamWithRooms();
  const { ada, bo, room } = team;
  const owner = await programOf(ada);
  const permissions = ["clipboard-read", "clipboard-write"];
  const page = await enter(bo, { at: roomPath(room), permissions });
  await composer(page).fill("Not to be lost");
  // The page ends before two seconds have passed.
  await page.goto("about:blank");
  await page.goto(roomPath(room));
  await settled(page);
  await expect(composer(page)).toHaveValue("Not to be lost");
  const program = await programOf(bo);
  const savedByBo = async () => data(await program.rest("draft.show", { roomId: room.id })).text;
  await expect.poll(savedByBo).toBe("Not to be lost");

  data(await owner.rest("room.setAccess", { roomId: room.id, access: "private" }));
  data(await owner.rest("membership.remove", { roomId: room.id, personId: bo.id }));
  const kept = page.getByRole("region", { name: "Draft" });
  await expect(kept).toContainText("Not to be lost");
  await kept.getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("Not to be lost");

  data(await owner.rest("room.delete", { roomId: room.id, name: room.name }));
  await roomLink(page, "observatory").click();
  await expect(roomTitle(page, other.name)).toBeVisible();
  await draftsLink(page).click();
  await expect(rows(page)).toContainText("In a room you can't open");
  await expect(rows(page)).toContainText("Not to be lost");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Copy draft" }).click();
  await page.getByRole("button", { name: "Delete draft in a room you can't open" }).click();
  await expect(page.getByRole("main")).toContainText("No drafts");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toContainText("Not to be lost");
  await expect.poll(savedByBo).toBe("Not to be lost");
});

test("a draft that is longer than a packet is saved when the page is hidden, and is on another device", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, room } = team;
  const page = await enter(ada, { at: roomPath(room) });
  const text = "上海 and ".repeat(limits.draft / 8 - 1);
  await composer(page).fill(text);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expectSaved(team, room, text);
  const other = await enter(ada, { at: roomPath(room) });
  await expect(composer(other)).toHaveValue(text);
});

test("on a phone: a draft is in the list of rooms, and is opened and deleted by touch", async ({ enter }) => {
  const { team, other } = await makeTeamWithRooms();
  const program = await programOf(team.ada);
  for (const { id: roomId } of [team.room, other])
    data(await program.rest("draft.write", { roomId, id: newId(), text: "From afar", baseTick: 0 }));
  const page = await enter(team.ada, phone);
  await expect(pencil(page, "lighthouse")).toBeVisible();
  await draftsLink(page).tap();
  await expect(rows(page)).toHaveCount(2);
  const remove = page.getByRole("button", { name: "Delete draft in #observatory" });
  expect((await remove.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await expectAccessible(page, ["phone"]);
  await remove.tap();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole("link").tap();
  await expect(composer(page)).toHaveValue("From afar");
});
