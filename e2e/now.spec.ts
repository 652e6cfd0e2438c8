// What the page says stays true when the day changes, the connection breaks or a room is archived.
import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { expect, phone, test } from "./fixtures";
import { db } from "@/lib/server/db";
import { composer, log, message, roomLink, roomList, roomPath, roomTitle, say } from "./screen";
import { addRoom, archive, makeTeam, programOf } from "./team";

/** Reloads the page with its clock set to another time. */
async function at(page: Page, time: number) {
  await page.clock.install({ time });
  await page.reload();
}
/** The end of the day of a message, in the browser's time zone. */
const midnightAfter = (page: Page, text: string) =>
  message(page, text)
    .getByRole("time")
    .evaluate((element) => new Date((element as HTMLTimeElement).dateTime).setHours(24, 0, 0, 0));

test.describe("after midnight", () => {
  // When the clock jumps, the page reconnects.
  test.use({ expectedNoise: /WebSocket|net::ERR_/ });

  test("messages of today are labelled yesterday, without a reload", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const page = await enter(ada, { at: roomPath(room) });
    await say(page, "Good night");
    data(await (await programOf(bo)).rest("message.send", { roomId: room.id, body: "Sleep well" }));
    await expect(message(page, "Sleep well")).toBeVisible();
    await at(page, (await midnightAfter(page, "Good night")) - 60_000);
    await expect(log(page).getByText("Today", { exact: true })).toBeVisible();
    await page.clock.fastForward(90_000);
    await expect(log(page).getByText("Yesterday", { exact: true })).toBeVisible();
    await expect(log(page).getByText("Today", { exact: true })).toHaveCount(0);
    await page.clock.fastForward(86_400_000);
    await expect(log(page).getByText("Yesterday", { exact: true })).toHaveCount(0);
  });

  test("a phone's list of rooms shows the weekday instead of the hour", async ({ enter }) => {
    const { ada, room } = await makeTeam();
    data(await (await programOf(ada)).rest("message.send", { roomId: room.id, body: "Good night" }));
    const page = await enter(ada, phone);
    const time = roomLink(page, "lighthouse").getByRole("time");
    await expect(time).toHaveText(/^\d\d:\d\d$/);
    const midnight = await time.evaluate((element) =>
      new Date((element as HTMLTimeElement).dateTime).setHours(24, 0, 0, 0),
    );
    await at(page, midnight - 60_000);
    await expect(time).toHaveText(/^\d\d:\d\d$/);
    await page.clock.fastForward(90_000);
    await expect(time).toHaveText(/^[A-Z][a-z]{2}$/);
  });
});

test.describe("when minutes pass at once", () => {
  // A page that is still connecting gives up on that connection.
  test.use({ expectedNoise: /WebSocket is closed before the connection is established/ });

  test("an invite is shown as expired from the moment it expires, and the last use of a login is updated every minute", async ({
    enter,
  }) => {
    const { ada } = await makeTeam();
    data(await (await programOf(ada)).rest("invite.create", { role: "member", maxUses: 5, expiresInSeconds: 3_600 }));
    const page = await enter(ada, { at: "/settings/invites" });
    const row = page.getByRole("row").nth(1);
    await expect(row).toContainText("Open");
    // The page's time begins at the invite's, however long the page took to load.
    const [invite] = await db().invite.findMany({ where: { organizationId: ada.organizationId } });
    await page.clock.install(invite && { time: invite.createdAt });
    await page.reload();
    await expect(row).toContainText("now");
    await page.clock.fastForward(10 * 60_000);
    await expect(row).toContainText("10 minutes ago");
    await expect(row).toContainText("Open");
    await page.clock.fastForward(51 * 60_000);
    await expect(row).toContainText("Expired");
    await row.getByRole("button").click();
    await expect(page.getByRole("menuitem", { name: "Revoke" })).toBeDisabled();
  });
});

test.describe("without a connection", () => {
  test.use({ expectedNoise: /WebSocket|net::ERR_/ });

  test("nobody is shown as online and I am shown as offline until the connection is back", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const [a] = await Promise.all([
      enter(ada, { at: `${roomPath(room)}?panel=members` }),
      enter(bo, { at: roomPath(room) }),
    ]);
    const rows = a.getByRole("complementary").getByRole("listitem");
    const [mine, theirs] = [rows.filter({ hasText: "Ada" }), rows.filter({ hasText: "Bo" })];
    await expect(theirs).toContainText("Active");
    await expect(roomList(a)).toContainText("Active");
    await a.context().setOffline(true);
    await expect(a.getByRole("main").getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
    await expect(theirs).not.toContainText(/Active|Idle|Offline/);
    await expect(mine).toContainText("Offline");
    await expect(roomList(a)).toContainText("Offline");
    await expect(roomList(a)).not.toContainText("Active");
    await a.context().setOffline(false);
    await expect(theirs).toContainText("Active");
    await expect(mine).toContainText("Active");
    await expect(roomList(a)).not.toContainText("Offline");
  });
});

test("an archived room looks archived at once everywhere, and open again when it is restored", async ({ enter }) => {
  const team = await makeTeam();
  const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
  const [a, b, browsing] = await Promise.all([
    enter(team.ada, { at: `${roomPath(other)}?panel=details` }),
    enter(team.bo, { at: roomPath(team.room) }),
    enter(team.bo, { at: "/browse" }),
  ]);
  const header = roomTitle(a, "observatory").locator("..");
  const details = a.getByRole("complementary");
  const found = browsing.getByRole("main").getByRole("listitem").filter({ hasText: "observatory" });
  const places = [header, roomLink(a, "observatory"), details, roomLink(browsing, "observatory"), found];
  await expect(found).toContainText("Joined");
  await expect(composer(a)).toBeVisible();
  await b.keyboard.press("Control+k");
  await b.getByRole("combobox").fill("observ");
  const option = b.getByRole("option", { name: /^observatory/ });
  for (const place of [...places, option]) await expect(place).not.toContainText("Archived");

  // Written past the server, which looks for such changes every five seconds.
  await archive(other, new Date());
  for (const place of [...places, option]) await expect(place).toContainText("Archived", { timeout: 20_000 });
  await expect(details).toContainText("No one while it's archived");
  await expect(found).not.toContainText("Joined");
  await expect(composer(a)).toHaveCount(0);
  await expect(a.getByRole("main")).toContainText("This room is archived.");
  await expect(a.getByRole("button", { name: "Add people" })).toHaveCount(0);

  await archive(other, null);
  for (const place of [...places, option]) await expect(place).not.toContainText("Archived", { timeout: 20_000 });
  await expect(composer(a)).toBeVisible();
});

test("repeated joining and leaving is one row, and moves nothing on the screen", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const a = await enter(ada, { at: roomPath(room) });
  await say(a, "Who is here?");
  await expect(message(a, "Who is here?"), "it has its place").not.toContainText("waiting");
  const program = await programOf(bo);
  const rows = log(a).getByRole("article");
  for (const [operation, words] of [
    ["membership.leave", "Bo Larsen left"],
    ["membership.join", "Bo Larsen left and joined again"],
    ["membership.leave", "Bo Larsen left, joined again and left again"],
  ] as const) {
    data(await program.rest(operation, { roomId: room.id }));
    await expect(rows.last()).toContainText(words);
    await expect(rows).toHaveCount(2);
  }
  data(await (await programOf(ada)).rest("message.send", { roomId: room.id, body: "And now?" }));
  data(await program.rest("membership.join", { roomId: room.id }));
  await expect(rows).toHaveCount(4);
  await expect(rows.last()).toContainText(/^Bo Larsen joined/);
  await a.reload();
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText("Bo Larsen left, joined again and left again");
  // The row can be reached by keyboard like any other.
  await rows.last().focus();
  await a.keyboard.press("ArrowUp");
  await a.keyboard.press("ArrowUp");
  await expect(rows.nth(1)).toBeFocused();
});
