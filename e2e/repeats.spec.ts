// What people do when the answer is lost: they press the button again.
import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { makeSession } from "@/tests/harness/people";
import { db } from "@/lib/server/db";
import { expect, test } from "./fixtures";
import { roomLink, roomList, roomPath, roomTitle, settled } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

// A browser writes to its console that there is no answer.
test.use({ expectedNoise: /net::ERR_|WebSocket connection to .* failed/ });

const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const unanswered = "Can't reach the server. Check your connection.";

/** Loads the page anew without a socket: its requests go over HTTP. */
async function withoutSocket(page: Page): Promise<void> {
  await page.routeWebSocket(/\/socket\.io\//, (socket) => socket.close());
  await page.reload();
  await settled(page);
}

/** The next answer to such a request is lost on its way: the server has done it. */
async function loseAnswer(page: Page, method: string, path: RegExp): Promise<void> {
  let isLost = false;
  await page.route(path, async (route) => {
    if (isLost || route.request().method() !== method) return route.fallback();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
}

test("whoever left without an answer, and was added again, stays when they press the button again", async ({
  enter,
}) => {
  const team = await makeTeam();
  const cellar = await addRoom(team, { name: "cellar", access: "private" }, team.ada, team.bo);
  const b = await enter(team.bo, { at: roomPath(cellar) });
  await withoutSocket(b);
  await loseAnswer(b, "POST", /\/leave$/);
  await b.getByRole("main").getByRole("button", { name: "More" }).click();
  await b.getByRole("menuitem", { name: "Leave room" }).click();
  const dialog = b.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Leave room" }).click();
  await expect(dialog).toContainText(unanswered);
  const a = await programOf(team.ada);
  data(await a.rest("membership.add", { roomId: cellar.id, personIds: [team.bo.id] }));
  await dialog.getByRole("button", { name: "Leave room" }).click();
  await expect(dialog).toBeHidden();
  await expect(roomLink(b, "cellar")).toBeVisible();
});

test("what got no answer is done once, and it says so when the button is pressed again", async ({ enter }) => {
  const { ada, bo, room, organization } = await makeTeam();
  const a = await enter(ada, { at: `${roomPath(room)}?panel=members` });
  await withoutSocket(a);

  await test.step("somebody is removed", async () => {
    await loseAnswer(a, "DELETE", /\/members\//);
    const row = a.getByRole("complementary").getByRole("listitem").filter({ hasText: "Bo Larsen" });
    await row.hover();
    await row.getByRole("button", { name: "Actions for Bo Larsen" }).click();
    await a.getByRole("menuitem", { name: "Remove from room" }).click();
    const dialog = a.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Remove" }).click();
    await expect(dialog).toContainText(unanswered);
    await dialog.getByRole("button", { name: "Remove" }).click();
    await expect(dialog).toBeHidden();
    expect(await db().membership.count({ where: { roomId: room.id, personId: bo.id } })).toBe(0);
  });

  await test.step("a room is created", async () => {
    await loseAnswer(a, "POST", /\/api\/rooms$/);
    await roomList(a).getByRole("button", { name: "Add rooms" }).click();
    await a.getByRole("menuitem", { name: "New room" }).click();
    const dialog = a.getByRole("dialog", { name: "New room" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("observatory");
    await dialog.getByRole("button", { name: "Create room" }).click();
    await expect(dialog).toContainText(unanswered);
    await dialog.getByRole("button", { name: "Create room" }).click();
    await expect(roomTitle(a, "observatory")).toBeVisible();
    expect(await db().room.count({ where: { organizationId: organization.id, name: "observatory" } })).toBe(1);
  });

  await test.step("a session ends", async () => {
    const other = await makeSession(ada);
    await db().session.update({ where: { id: other }, data: { userAgent: windows } });
    await a.goto("/settings/account");
    await settled(a);
    await loseAnswer(a, "DELETE", /\/api\/sessions\//);
    await a.getByRole("button", { name: "Sign out Firefox on Windows" }).click();
    const dialog = a.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Sign out" }).click();
    await expect(dialog).toContainText(unanswered);
    await dialog.getByRole("button", { name: "Sign out" }).click();
    await expect(a.getByText("Signed out Firefox on Windows")).toBeVisible();
  });
});
