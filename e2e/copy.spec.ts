import type { Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { fillRoom } from "@/tests/harness/rooms";
import { expect, test } from "./fixtures";
import { composer, fetchedAhead, log, message, roomPath } from "./screen";
import { makeTeam, programOf } from "./team";

const count = 300;
const row = (page: Page, seq: number) => message(page, new RegExp(`Message ${seq}(?!\\d)`));
const text = (page: Page, seq: number) => row(page, seq).getByText(`Message ${seq}`);

/** A room of 300 edited messages, in turns of ten by Bo and ten by Ada. */
async function makeTalk() {
  const team = await makeTeam();
  const { room, ada, bo } = team;
  await fillRoom(room, bo, count);
  await db().$executeRaw`
    UPDATE "Message" SET "editedAt" = now(), "authorId" = CASE WHEN (seq - 1) / 10 % 2 = 1 THEN ${ada.id}::uuid ELSE "authorId" END
    WHERE "roomId" = ${room.id}::uuid`;
  await db().membership.updateMany({ where: { roomId: room.id }, data: { lastReadSeq: count } });
  return team;
}

/** Scrolls up until the first message is at rest. Loading older messages moves the log for a moment. */
async function toTop(page: Page): Promise<void> {
  await log(page).evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        let still = 0;
        const look = () => {
          const [first] = element.getElementsByTagName("article");
          const there = element.scrollTop === 0 && /Message 1(?!\d)/.test(first?.textContent ?? "");
          still = there ? still + 1 : 0;
          if (still > 20) return resolve();
          if (!there) element.scrollTo(0, 0);
          requestAnimationFrame(look);
        };
        look();
      }),
  );
  await expect(row(page, 1)).toBeInViewport();
}

/** What is in the clipboard after Ctrl+C. The first time in a room, what writes it may still be on its way. */
async function copy(page: Page): Promise<string> {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText("nothing was copied"));
  await page.keyboard.press("Control+c");
  await expect.poll(clipboard).not.toBe("nothing was copied");
  return clipboard();
}

const numbers = (copied: string) => Array.from(copied.matchAll(/^Message (\d+)$/gm), ([, number]) => Number(number));
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

test("a selection of many messages is copied whole, and nothing else", async ({ enter }) => {
  const { ada, room } = await makeTalk();
  const page = await enter(ada, { at: roomPath(room), permissions: ["clipboard-read", "clipboard-write"] });
  await fetchedAhead(page);

  await test.step("Ctrl+A in the log selects the loaded messages and nothing else on the page", async () => {
    await text(page, count).click();
    await page.keyboard.press("Control+a");
    const copied = await copy(page);
    const [first = 0] = numbers(copied);
    expect(first).toBeLessThan(count - 40);
    expect(numbers(copied)).toEqual(upTo(first, count));
    expect(copied).not.toContain("(edited)");
    expect(copied).not.toContain("lighthouse");
  });

  await test.step("300 messages, most of them no longer rendered, are copied once each with names and times", async () => {
    // A click inside a selection leaves none, and Shift+click then has nothing to select from.
    await composer(page).click();
    // Behind its end, and left of the toolbar that comes up.
    await text(page, count).click({ position: { x: 400, y: 10 } });
    await toTop(page);
    await text(page, 1).click({ modifiers: ["Shift"], position: { x: 1, y: 10 } });
    expect(await log(page).getByRole("article").count(), "the rest is not drawn").toBeLessThan(100);

    const copied = await copy(page);
    expect(numbers(copied)).toEqual(upTo(1, count));
    const others = copied.split("\n").filter((line) => line !== "" && !/^Message \d+$/.test(line));
    expect(others).toHaveLength(30);
    for (const [at, line] of others.entries())
      expect(line).toMatch(at % 2 === 0 ? /^Bo Larsen, \d/ : /^Ada Lovelace, \d/);

    // Still so after looking elsewhere.
    await log(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(row(page, count)).toBeInViewport();
    expect(await copy(page)).toBe(copied);
  });
});

test("only the selected parts of the first and last message are copied, and code without its buttons", async ({
  enter,
}) => {
  const { ada, bo, room } = await makeTeam();
  const program = await programOf(bo);
  for (const body of [
    "Alpha *beta* gamma",
    "Here:\n```ts\nlet a = 1;\n\n\n  next();\n```\n- one\n- two",
    "Delta epsilon",
  ])
    data(await program.rest("message.send", { roomId: room.id, body }));
  await db().message.updateMany({ where: { roomId: room.id }, data: { editedAt: new Date() } });
  const page = await enter(ada, { at: roomPath(room), permissions: ["clipboard-read", "clipboard-write"] });
  const select = (from: [string, number], to: [string, number]) =>
    log(page).evaluate(
      (element, ends) => {
        const [start, end] = ends.map(([words, offset]) => {
          const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) if (texts.currentNode.textContent?.includes(words)) break;
          return { node: texts.currentNode, offset };
        });
        if (start && end) getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
      },
      [from, to],
    );
  await expect(message(page, "Delta epsilon")).toBeVisible();
  await select(["beta", 2], ["Delta", 5]);
  const copied = (await copy(page)).split("\n");
  expect(copied[0]).toMatch(/^Bo Larsen, \d/);
  expect(copied.slice(1).join("\n")).toBe("ta gamma\nHere:\nlet a = 1;\n\n\n  next();\n• one\n• two\nDelta");
  // A selection within one message is copied by the browser.
  await select(["Here", 0], ["two", 3]);
  const within = await copy(page);
  expect(within).toContain("let a = 1;");
  expect(within).not.toMatch(/Copy code|ts\b/);
  for (const [words, whole] of [
    ["Alpha", "Alpha beta gamma"],
    ["Delta", "Delta epsilon"],
  ] as const) {
    await message(page, words)
      .getByText(whole)
      .click({ clickCount: 3, position: { x: 10, y: 10 } });
    expect((await copy(page)).trim()).toBe(whole);
  }
});
