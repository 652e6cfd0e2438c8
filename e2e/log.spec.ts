import type { Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { expect, test } from "./fixtures";
import { hearsBo, onLine } from "./line";
import { count, countPages, drawn, latest, makeLongRoom, place, row, scrollBy, topOf } from "./long-room";
import { composer, log, message, roomLink, roomPath, roomTitle, say } from "./screen";
import { addRoom, makeTeam, programOf, sayAs } from "./team";

const distanceToEnd = (page: Page) =>
  log(page).evaluate((element) => Math.round(element.scrollHeight - element.clientHeight - element.scrollTop));

test("the log of a long room follows its end, and stands still while one reads above it", async ({ enter }) => {
  const { ada, bo, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank" });
  const pages = await countPages(page, roomPath(room));
  await expect(row(page, count)).toBeInViewport();
  const program = await programOf(bo);

  await test.step("a room of 2,000 messages opens at its end and renders only a part", async () => {
    await expect.poll(() => distanceToEnd(page)).toBeLessThanOrEqual(1);
    expect(await log(page).getByRole("article").count()).toBeLessThan(80);
    await expect(latest(page)).toHaveCount(0);
  });

  await test.step("at its end the log scrolls with new messages", async () => {
    for (let at = 1; at <= 5; at++) {
      data(await program.rest("message.send", { roomId: room.id, body: `News ${at}\n\nin two paragraphs` }));
      await expect(message(page, `News ${at}`)).toBeInViewport({ ratio: 1 });
    }
  });

  await test.step("new messages never move the visible ones, and are counted on the button that leads down", async () => {
    await scrollBy(page, -1_500);
    await expect(latest(page)).toHaveText(/^Latest/);
    const { seq, top: before } = await place(page);
    for (const body of ["News one", "News two", "News three"]) {
      data(await program.rest("message.send", { roomId: room.id, body }));
    }
    await expect(latest(page)).toHaveText(/^3 new/);
    expect(Math.abs((await topOf(page, seq)) - before)).toBeLessThanOrEqual(2);
    await latest(page).click();
    await expect(message(page, "News three")).toBeInViewport();
    await expect(latest(page)).toHaveCount(0);
  });

  await test.step("new messages below are still counted after older ones were loaded above", async () => {
    await scrollBy(page, -300);
    await expect(latest(page)).toHaveText(/^Latest/);
    data(await program.rest("message.send", { roomId: room.id, body: "News" }));
    await expect(latest(page)).toHaveText(/^1 new/);
    const before = pages.arrived();
    // Up to the first that are loaded.
    await scrollBy(page, -100_000);
    await expect.poll(pages.arrived).toBeGreaterThan(before);
    await expect(latest(page)).toHaveText(/^1 new/);
    await latest(page).click();
    await expect(latest(page)).toHaveCount(0);
  });

  await test.step("sending a message scrolls to it from anywhere in the log", async () => {
    await scrollBy(page, -2_500);
    await expect(latest(page)).toBeVisible();
    await say(page, "My own words");
    await expect(message(page, "My own words")).toBeInViewport({ ratio: 1 });
    await expect(latest(page)).toHaveCount(0);
  });
});

test("loading older messages moves the visible ones by at most 2 px", async ({ enter }) => {
  const { ada, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank" });
  const pages = await countPages(page, roomPath(room));
  await expect(row(page, count)).toBeInViewport();
  const moves: number[] = [];
  while (pages.arrived() < 8) {
    await scrollBy(page, -1_400);
    // From the first frame after scrolling stopped until nothing has changed for half a second.
    const moved = await log(page).evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          const middle = element.getBoundingClientRect().top + element.clientHeight / 2;
          const at = () => {
            const tops = new Map<string, number>();
            for (const article of element.getElementsByTagName("article")) {
              tops.set(article.textContent ?? "", article.getBoundingClientRect().top);
            }
            return tops;
          };
          let watched: { text: string; top: number } | undefined;
          let [furthest, calm] = [0, 0];
          const look = () => {
            const tops = at();
            if (!watched) {
              const [text, top] = [...tops].find(([, y]) => y > middle) ?? ["", 0];
              watched = { text, top };
            }
            const away = Math.abs((tops.get(watched.text) ?? NaN) - watched.top);
            calm = away === furthest ? calm + 1 : 0;
            furthest = Math.max(furthest, away);
            if (calm > 30) resolve(furthest);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(() => requestAnimationFrame(look));
        }),
    );
    moves.push(moved);
    expect(moves.length, "pages keep coming in").toBeLessThan(60);
  }
  console.log(`Pages came in above while reading: the text moved by at most ${Math.max(...moves)} px.`);
  expect(Math.max(...moves)).toBeLessThanOrEqual(2);
});

test("the log also scrolls with messages that arrive while an own message is pending", async ({ enter }) => {
  const { ada, bo, room } = await makeLongRoom();
  const page = await enter(ada, { at: "about:blank" });
  const line = await onLine(page, roomPath(room), { up: /"message\.send"/ });
  await hearsBo(page, { bo, room });
  line.hold();
  await say(page, "Mine, on its way");
  for (const words of ["One word", "And another", "And a third"]) {
    await sayAs(bo, { room }, [words]);
    await expect(message(page, words)).toBeInViewport();
    await expect.poll(() => distanceToEnd(page)).toBeLessThanOrEqual(1);
  }
  await expect(message(page, "Mine, on its way")).toBeInViewport();
  line.goOn();
  await expect(message(page, "Mine, on its way")).not.toContainText("waiting");
  await expect(message(page, "Mine, on its way")).toBeInViewport();
  await expect(latest(page)).toHaveCount(0);
});

for (const comes of ["while one is away", "when one is back"]) {
  test(`a room left at its upper edge reopens there when the requested page arrives ${comes}`, async ({ enter }) => {
    const team = await makeLongRoom();
    const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
    const page = await enter(team.ada, { at: "about:blank" });
    const line = await onLine(page, roomPath(team.room), { up: /"message\.list"/ });
    await expect(row(page, count)).toBeInViewport();
    await hearsBo(page, team);
    line.hold();
    await scrollBy(page, -20_000);
    const { seq, top: before } = await place(page);
    const first = Math.min(...(await drawn(page)));
    await roomLink(page, other.name).click();
    await expect(roomTitle(page, other.name)).toBeVisible();
    if (comes === "while one is away") line.goOn();
    await roomLink(page, team.room.name).click();
    await expect(row(page, seq)).toBeVisible();
    line.goOn();
    await expect.poll(async () => Math.min(...(await drawn(page))), "older messages have come in").toBeLessThan(first);
    await expect
      .poll(async () => Math.abs((await topOf(page, seq)) - before), "it stands where it stood")
      .toBeLessThanOrEqual(2);
  });
}

test("a room with unread messages opens at the first of them, not at its end", async ({ enter }) => {
  const team = await makeLongRoom();
  const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
  await db().membership.updateMany({
    where: { roomId: team.room.id, personId: team.ada.id },
    data: { lastReadSeq: count - 40 },
  });
  const page = await enter(team.ada, { at: roomPath(other) });
  await expect(roomLink(page, team.room.name)).toHaveAccessibleName("lighthouse 40 unread");
  await roomLink(page, team.room.name).click();
  await expect(row(page, count - 39)).toBeInViewport();
  await expect(log(page).getByText("New", { exact: true })).toBeInViewport();
  await expect(row(page, count)).not.toBeInViewport();
  const readUpTo = async () => {
    const where = { roomId: team.room.id, personId: team.ada.id };
    return (await db().membership.findFirstOrThrow({ where })).lastReadSeq;
  };
  await expect.poll(readUpTo, "what is on the screen is read").toBeGreaterThan(count - 40);
  expect(await readUpTo(), "what is below it is not").toBeLessThan(count);
  await expect(roomLink(page, team.room.name)).toHaveAccessibleName(/unread/);
  await latest(page).click();
  await expect(roomLink(page, team.room.name)).toHaveAccessibleName("lighthouse");
});

test("no message is drawn outside the log", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  const table = "| Who | When |\n| --- | --: |\n| Ada | nine |\n| Bo | ten |";
  const texts = [
    "שלום עולם, זה טקסט מימין לשמאל",
    "上海的天气今天很好，我们下午三点开会。",
    "🎉🚀👩‍👩‍👧‍👦",
    `A word ${"x".repeat(600)} that does not end`,
    `\`\`\`ts\nconst lamp = "${"lit ".repeat(80)}";\n\`\`\``,
    table,
    "https://example.org/".concat("path/".repeat(60)),
  ];
  for (const text of texts) {
    await composer(a).fill(text);
    await composer(a).press("Enter");
  }
  for (const page of [a, b]) {
    await expect(message(page, "example.org").getByRole("link")).toBeVisible();
    await expect(message(page, "lit lit").getByRole("code")).toBeVisible();
    await expect(page.getByRole("table").getByRole("cell", { name: "nine" })).toBeVisible();
    await expect(page.getByRole("table").getByRole("columnheader")).toHaveText(["Who", "When"]);
    await expect(log(page).getByText("👩‍👩‍👧‍👦")).toBeAttached();
    const side = await log(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(side, "nothing sticks out at the side").toBe(0);
    const wide = await page.getByRole("article").evaluateAll((articles) =>
      articles.flatMap((article) => {
        const { right } = article.getBoundingClientRect();
        const out = [...article.getElementsByTagName("p")].find((line) => line.getBoundingClientRect().right > right);
        return out ? [out.textContent?.slice(0, 40)] : [];
      }),
    );
    expect(wide).toEqual([]);
  }
  const rightToLeft = message(b, "שלום").getByText("שלום");
  expect(await rightToLeft.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
});
