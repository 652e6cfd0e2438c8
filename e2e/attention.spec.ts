// A message is read when it was on the screen while the window had focus.
import type { Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { expect, test } from "./fixtures";
import { log, message, roomPath } from "./screen";
import { makeTeam, programOf, type Team } from "./team";

/** Simulates that the window loses or regains focus. A browser under test always reports that it has it. */
async function look(page: Page, looking: boolean): Promise<void> {
  await page.evaluate((has) => {
    document.hasFocus = () => has;
    dispatchEvent(new Event(has ? "focus" : "blur"));
  }, looking);
}

async function says({ bo, room }: Team, count: number): Promise<void> {
  const program = await programOf(bo);
  for (let at = 1; at <= count; at++)
    data(await program.rest("message.send", { roomId: room.id, body: `Message ${at}.` }));
}

const divider = (page: Page) => log(page).getByText("New", { exact: true });
const readBy = async ({ ada, room }: Team) =>
  (await db().membership.findUniqueOrThrow({ where: { roomId_personId: { roomId: room.id, personId: ada.id } } }))
    .lastReadSeq;

test("messages that arrive without focus are read on return, if they are on the screen", async ({ enter }) => {
  const team = await makeTeam();
  await says(team, 30);
  const { clock } = await db().room.findUniqueOrThrow({ where: { id: team.room.id } });
  await db().membership.updateMany({ where: { personId: team.ada.id }, data: { lastReadSeq: clock } });
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await expect(message(page, "Message 30.")).toBeInViewport();

  await look(page, false);
  await says(team, 60);
  await expect(page.getByRole("button", { name: /jump to the latest/ })).toBeVisible();
  await expect(divider(page)).toBeInViewport();
  await expect(message(page, "Message 1.").last()).toBeInViewport();
  expect(await readBy(team)).toBe(clock);

  await look(page, true);
  await expect.poll(() => readBy(team)).toBeGreaterThan(clock);
  const onScreen = await readBy(team);
  expect(onScreen, "what never was on the screen is unread").toBeLessThan(clock + 45);
  await expect(page).toHaveTitle(/^\(/);
  await expect(divider(page)).toBeInViewport();

  await page.getByRole("button", { name: /jump to the latest/ }).click();
  await expect.poll(() => readBy(team)).toBe(clock + 60);
  await expect(page).not.toHaveTitle(/^\(/);
  // React leaves a title like this behind when it begins to hydrate a page again.
  await page.evaluate(() => document.head.prepend(Object.assign(document.createElement("title"), { text: "Stale" })));
  await expect(page).toHaveTitle("#lighthouse · Parley");
  await look(page, false);
  await says(team, 1);
  await expect(page).toHaveTitle("(1) #lighthouse · Parley");
});

test("new messages that fit on the screen are scrolled to, are below the divider, and are read on return", async ({
  enter,
}) => {
  const team = await makeTeam();
  await says(team, 30);
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await page.getByRole("button", { name: /atest/ }).click();
  await expect.poll(() => readBy(team)).toBe(30);
  await look(page, false);
  await says(team, 3);
  await expect(message(page, "Message 3.").last()).toBeInViewport();
  await expect(divider(page)).toHaveCount(1);
  const below = () => log(page).evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop);
  await expect.poll(below).toBeLessThanOrEqual(1);
  expect(await readBy(team)).toBe(30);
  await look(page, true);
  await expect.poll(() => readBy(team)).toBe(33);
});
