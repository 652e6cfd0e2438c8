// A room with a long past, and what is seen of it.
import { expect, type Locator, type Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { fillRoom } from "@/tests/harness/rooms";
import { log, message } from "./screen";
import { makeTeam, type Team } from "./team";

/** How many messages the room has, unless told otherwise. */
export const count = 2_000;

/** Gives a team's room a long past: messages of Bo's, one every two minutes, every seventh of them several lines long. */
export async function makeLongRoom(length = count): Promise<Team> {
  const team = await makeTeam();
  const { room, bo, ada } = team;
  await fillRoom(room, bo, length);
  await db().$executeRaw`
    UPDATE "Message" SET "createdAt" = now() - make_interval(mins => 2 * (${length}::int - seq)),
      body = CASE WHEN seq % 7 = 0 THEN body || E'\n\n' || repeat('and it went on for a while ', 12 + seq % 40) ELSE body END
    WHERE "roomId" = ${room.id}::uuid`;
  await db().membership.updateMany({ where: { roomId: room.id, personId: ada.id }, data: { lastReadSeq: length } });
  return team;
}

/** The row of one of these messages. */
export const row = (page: Page, seq: number): Locator => message(page, new RegExp(`Message ${seq}(?!\\d)`));

export const latest = (page: Page): Locator =>
  page.getByRole("main").getByRole("button", { name: /Latest messages|jump to the latest/ });

/** The position of a row on the screen. */
export async function topOf(page: Page, seq: number): Promise<number> {
  const box = await row(page, seq).boundingBox();
  if (!box) throw new Error(`Message ${seq} is not drawn.`);
  return box.y;
}

/** The numbers of the messages that are drawn, of all or of those that are wholly visible. */
async function numbers(page: Page, which: "drawn" | "visible"): Promise<number[]> {
  const texts = await log(page).evaluate((element, all) => {
    const { top, bottom } = element.getBoundingClientRect();
    return [...element.getElementsByTagName("article")].flatMap((article) => {
      const box = article.getBoundingClientRect();
      return all || (box.top > top + 60 && box.bottom < bottom) ? [article.textContent ?? ""] : [];
    });
  }, which === "drawn");
  return texts.flatMap((text) => Number(/Message (\d+)/.exec(text)?.[1] ?? []));
}
export const inSight = (page: Page): Promise<number[]> => numbers(page, "visible");
export const drawn = (page: Page): Promise<number[]> => numbers(page, "drawn");

/** A visible message and where it is, once nothing moves any more. */
export async function place(page: Page): Promise<{ seq: number; top: number }> {
  let [seq, top] = [0, 0];
  const isStill = async () => {
    const before = `${seq} ${top}`;
    seq = (await inSight(page)).slice(0, 3).at(-1) ?? 0;
    if (seq > 0) top = await topOf(page, seq);
    return seq > 0 && before === `${seq} ${top}`;
  };
  await expect.poll(isStill, "nothing moves any more").toBe(true);
  return { seq, top };
}

export async function scrollBy(page: Page, distance: number): Promise<void> {
  await log(page).evaluate((element, by) => element.scrollBy(0, by), distance);
}

/** Scrolls up until this message is drawn, as fast as the pages arrive, and then until it is in sight. */
export async function scrollUpTo(page: Page, seq: number): Promise<void> {
  for (let first = Number.POSITIVE_INFINITY; first > seq; ) {
    await scrollBy(page, -4_000);
    first = Math.min(...(await drawn(page)));
  }
  await log(page).evaluate((element) => element.scrollBy(0, 0));
}

/** Loads an address and counts the pages of a log that it requests, and those that arrive. */
export async function countPages(page: Page, at: string): Promise<{ asked: () => number; arrived: () => number }> {
  let [asked, arrived] = [0, 0];
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      if (String(payload).includes('["message.list"')) asked++;
    });
    socket.on("framereceived", ({ payload }) => {
      if (/^43\d*\[\{"ok":true,"data":\{"messages":/.test(String(payload))) arrived++;
    });
  });
  const isPage = (url: string) => /\/api\/rooms\/[^/]+\/messages\?/.test(url);
  page.on("request", (request) => void (isPage(request.url()) && asked++));
  page.on("requestfinished", (request) => void (isPage(request.url()) && arrived++));
  await page.goto(at);
  return { asked: () => asked, arrived: () => arrived };
}
