// Parts of a long log: the place that one left is kept, wherever it is, and far rooms cost nothing until somebody looks.
import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { fillRoom } from "@/tests/harness/rooms";
import { expect, test } from "./fixtures";
import {
  count,
  countPages,
  drawn,
  inSight,
  latest,
  makeLongRoom,
  place,
  row,
  scrollBy,
  scrollUpTo,
  topOf,
} from "./long-room";
import { log, message, roomLink, roomPath, roomTitle, say } from "./screen";
import { addRoom, programOf } from "./team";

// What a browser logs when it cannot connect.
test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_/ });

async function expectPlace(page: Page, { seq, top }: { seq: number; top: number }): Promise<void> {
  await expect(row(page, seq)).toBeInViewport();
  await expect
    .poll(async () => Math.abs((await topOf(page, seq)) - top), `message ${seq} is at ${top} px`)
    .toBeLessThanOrEqual(1);
}

test("a room opens where it was left, far up in it, also after a visit to the settings", async ({ enter }) => {
  const team = await makeLongRoom();
  const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
  const page = await enter(team.ada, { at: "about:blank" });
  const pages = await countPages(page, roomPath(team.room));
  await expect(row(page, count)).toBeInViewport();
  await scrollUpTo(page, 900);
  // Away from the first that are loaded, so that no more are needed when one is back.
  await scrollBy(page, 3_000);
  const left = await place(page);
  expect(left.seq).toBeLessThan(1_100);

  await test.step("after another room, without a request", async () => {
    await roomLink(page, other.name).click();
    // It has loaded its own page.
    await expect(page.getByText(`This is the start of #${other.name}`)).toBeVisible();
    const before = pages.asked();
    await roomLink(page, team.room.name).click();
    await expectPlace(page, left);
    expect(pages.asked()).toBe(before);
  });

  await test.step("after settings pages, when nothing of it is loaded any more", async () => {
    await page.getByRole("link", { name: "Settings" }).click();
    await expect(page.getByRole("heading", { name: "Account" })).toBeVisible();
    await page.getByRole("link", { name: "Back to Parley" }).click();
    await expect(roomTitle(page, team.room.name)).toBeVisible();
    await expectPlace(page, left);
  });

  await test.step("newer messages are not drawn there, and the button leads to them", async () => {
    await expect(latest(page)).toHaveText(/^Latest/);
    data(await (await programOf(team.bo)).rest("message.send", { roomId: team.room.id, body: "The news" }));
    await expect(roomLink(page, team.room.name)).toHaveAccessibleName(/1 unread/);
    await expectPlace(page, left);
    await latest(page).click();
    await expect(message(page, "The news")).toBeInViewport({ ratio: 1 });
    await expect(latest(page)).toHaveCount(0);
    await expect(roomLink(page, team.room.name)).toHaveAccessibleName("lighthouse");
  });
});

test("one scrolls down again through a part in the middle to the end of the log", async ({ enter }) => {
  const team = await makeLongRoom();
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await expect(row(page, count)).toBeInViewport();
  await scrollUpTo(page, 1_700);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "Back to Parley" }).click();
  await place(page);
  await log(page).hover();
  let seen = Math.max(...(await inSight(page)));
  expect(seen).toBeLessThan(1_900);
  while (seen < count) {
    await page.mouse.wheel(0, 400);
    await expect.poll(async () => Math.max(0, ...(await drawn(page)))).toBeGreaterThan(0);
    const now = await inSight(page);
    expect(now, "no message is left out").toEqual(now.map((_, at) => (now[0] ?? 0) + at));
    seen = Math.max(seen, ...now);
  }
  await expect(latest(page)).toHaveCount(0);
  await say(page, "Down here");
  await expect(message(page, "Down here")).toBeInViewport({ ratio: 1 });
});

test("a message that one writes while reading far up is shown at the end", async ({ enter }) => {
  const team = await makeLongRoom();
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await expect(row(page, count)).toBeInViewport();
  await scrollUpTo(page, 1_000);
  await say(page, "My own words");
  await expect(message(page, "My own words")).toBeInViewport({ ratio: 1 });
  await expect(row(page, count)).toBeInViewport();
  await expect(latest(page)).toHaveCount(0);
});

test("who missed too much stays where they read, and only the room on the screen is loaded", async ({ enter }) => {
  const team = await makeLongRoom();
  const others = [];
  for (let at = 0; at < 12; at++) others.push(await addRoom(team, { name: `room-${at}` }, team.ada, team.bo));
  const page = await enter(team.ada, { at: "about:blank" });
  const pages = await countPages(page, roomPath(team.room));
  await expect(row(page, count)).toBeInViewport();
  await roomLink(page, "room-3").click();
  await expect(roomTitle(page, "room-3")).toBeVisible();
  await roomLink(page, team.room.name).click();
  await scrollUpTo(page, 1_600);
  const left = await place(page);
  // A page whose answer is lost would be requested again.
  await expect.poll(() => pages.asked() - pages.arrived()).toBe(0);

  await page.context().setOffline(true);
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
  for (const room of [team.room, ...others]) await fillRoom(room, team.bo, 300, "Missed");
  const before = pages.asked();
  await page.context().setOffline(false);
  await expect(roomLink(page, "room-7")).toHaveAccessibleName(/99 or more unread|99\+|unread/);
  await expect.poll(pages.arrived).toBeGreaterThan(before);
  await expectPlace(page, left);
  await expect(latest(page)).toBeVisible();
  expect(pages.asked() - before).toBe(1);

  await roomLink(page, "room-3").click();
  await expect(message(page, "Missed").last()).toBeInViewport();
  expect(pages.asked() - before).toBe(2);
  await roomLink(page, team.room.name).click();
  await expectPlace(page, left);
});

test("a room of 10,000 messages renders only what is near the screen, wherever one reads", async ({ enter }) => {
  const { ada, room } = await makeLongRoom(10_000);
  const page = await enter(ada, { at: roomPath(room) });
  await expect(row(page, 10_000)).toBeInViewport();
  for (const seq of [9_500, 9_000, 8_500]) {
    await scrollUpTo(page, seq);
    expect((await drawn(page)).length).toBeLessThan(80);
  }
});
