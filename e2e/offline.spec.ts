import type { Page } from "@playwright/test";
import { gateTo } from "@/tests/harness/gate";
import { data } from "@/tests/harness/login";
import { expect, test } from "./fixtures";
import { hearsBo, onLine } from "./line";
import { composer, fetchedAhead, log, message, roomLink, roomList, roomPath, roomTitle, say, settled } from "./screen";
import { addRoom, archive, given, makeTeam, programOf } from "./team";

// What a browser logs when it cannot connect or gets an error over HTTP.
test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_|status of 410/ });

const waiting = (page: Page) => log(page).getByText("waiting", { exact: true });
const banner = (page: Page) => page.getByRole("main").getByRole("status").filter({ hasText: "Offline." });
/** The texts of all messages, in order. */
const said = (page: Page) => log(page).getByText(/^Word \d+$/);
const words = (count: number) => Array.from({ length: count }, (_, at) => `Word ${at + 1}`);

test("a browser without a network says so, and sends the messages written in the meantime later", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await say(a, "Word 1");
  for (const page of [a, b]) await expect(said(page)).toHaveText(words(1));
  await a.context().setOffline(true);
  await expect(banner(a)).toBeVisible();
  await say(a, "Word 2");
  await say(a, "Word 3");
  await expect(waiting(a)).toHaveCount(2);
  await expect(banner(a)).toContainText("Two messages are waiting to be sent.");
  await expect(said(b)).toHaveText(words(1));
  await a.context().setOffline(false);
  await expect(said(b)).toHaveText(words(3));
  await expect(waiting(a)).toHaveCount(0);
  await expect(banner(a)).toBeHidden();
  await expect(said(a)).toHaveText(words(3));
});

test("a first message to somebody that is written offline survives the tab, shows that it waits, and arrives", async ({
  enter,
}) => {
  const { ada, bo, room } = await makeTeam();
  const [first, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await fetchedAhead(first);
  const main = first.getByRole("main");
  const unsent = main.getByRole("region", { name: "Not sent yet" });
  const inList = roomList(first).getByRole("list", { name: "Not sent yet" });
  await first.keyboard.press("Control+Shift+K");
  await main.getByRole("listbox", { name: "People" }).getByRole("option").filter({ hasText: "Bo Larsen" }).click();
  const field = main.getByRole("textbox", { name: "Message Bo Larsen" });
  await field.fill("Word 1");
  await first.context().setOffline(true);
  await expect(main.getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
  await field.press("Enter");
  await field.fill("Word 2");
  await field.press("Enter");
  await expect(field).toHaveValue("");
  for (const word of words(2)) await expect(unsent.getByText(word)).toBeVisible();
  await expect(banner(first)).toContainText("Two messages are waiting to be sent.");
  await main.getByRole("button", { name: "Close" }).click();
  await expect(inList.getByRole("link")).toHaveText(["Bo Larsenwaiting"]);
  await inList.getByRole("link").click();
  await expect(unsent.getByText("Word 1")).toBeVisible();

  const later = await first.context().newPage();
  await first.close();
  await later.context().setOffline(false);
  await later.goto(roomPath(room));
  const toAda = roomList(b).getByRole("link").filter({ hasText: "Ada Lovelace" });
  await expect(toAda).toContainText("2 unread");
  await toAda.click();
  await expect(said(b)).toHaveText(words(2));
  await expect(roomList(later).getByRole("link").filter({ hasText: "Bo Larsen" })).toHaveCount(1);
  await expect(roomList(later).getByRole("list", { name: "Not sent yet" })).toHaveCount(0);
});

test("loaded rooms can be opened and read while the server is down", async ({ enter, serve }) => {
  const server = await serve();
  const team = await makeTeam();
  const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
  data(await (await programOf(team.bo, server)).rest("message.send", { roomId: other.id, body: "A comet" }));
  const a = await enter(team.ada, { at: roomPath(other), server });
  await expect(message(a, "A comet")).toBeVisible();
  await roomLink(a, "lighthouse").click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await server.kill();
  await expect(banner(a)).toBeVisible();
  await roomLink(a, "observatory").click();
  await expect(message(a, "A comet")).toBeVisible();
  await say(a, "Word 1");
  await expect(waiting(a)).toHaveCount(1);
});

test("a page without a network keeps its room where code is missing, and opens it later", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: "about:blank" });
  // This page fetches nothing ahead, so the code of what it opens below is missing.
  await page.addInitScript(() => {
    const later = globalThis.setTimeout;
    Object.assign(globalThis, {
      setTimeout: (...args: Parameters<typeof later>) => (args[1] === 3000 ? 0 : later(...args)),
    });
  });
  await page.goto(roomPath(room));
  await settled(page);
  await say(page, "Word 1");
  await expect(message(page, "Word 1")).not.toContainText("waiting");
  // The buttons of a message are fetched when the pointer first reaches one.
  const inThread = message(page, "Word 1").getByRole("button", { name: "Reply in thread" });
  await message(page, "Word 1").hover();
  await expect(inThread).toBeVisible();
  await page.context().setOffline(true);
  await expect(banner(page)).toBeVisible();

  const missingPanel = page.getByRole("complementary").getByText("Couldn't load this panel");
  await page.getByRole("button", { name: /^Members: / }).click();
  await expect(missingPanel).toBeVisible();
  await expect(message(page, "Word 1")).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(missingPanel).toBeHidden();
  // The panel of a thread, too.
  await message(page, "Word 1").hover();
  await inThread.click();
  await expect(missingPanel).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(missingPanel).toBeHidden();
  await expect(page).not.toHaveURL(/thread=/);

  await page.keyboard.press("Control+k");
  await roomList(page).getByRole("link", { name: "Browse rooms" }).click();
  await expect(page.getByRole("heading", { name: "Couldn't load this page" })).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { name: "Browse rooms" })).toBeVisible({ timeout: 20_000 });
  await page.goBack();
  await expect(message(page, "Word 1")).toBeVisible();
});

test("messages written while the server is dead survive the tab, and arrive once and in order", async ({
  enter,
  serve,
}) => {
  const server = await serve();
  const { ada, bo, room } = await makeTeam();
  const [first, b] = await Promise.all([
    enter(ada, { at: roomPath(room), server }),
    enter(bo, { at: roomPath(room), server }),
  ]);
  await say(first, "Word 1");
  for (const page of [first, b]) await expect(said(page)).toHaveText(words(1));
  await server.kill();
  for (const text of ["Word 2", "Word 3", "Word 4"]) await say(first, text);
  await expect(waiting(first)).toHaveCount(3);
  const later = await first.context().newPage();
  await first.close();
  await serve({ port: server.port });
  await later.goto(roomPath(room));
  for (const page of [later, b]) await expect(said(page)).toHaveText(words(4));
  await expect(waiting(later)).toHaveCount(0);
  await say(later, "Word 5");
  for (const page of [later, b]) await expect(said(page)).toHaveText(words(5));
});

test("a server killed while both write loses and repeats no message", async ({ enter, serve }) => {
  const server = await serve();
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([
    enter(ada, { at: roomPath(room), server }),
    enter(bo, { at: roomPath(room), server }),
  ]);
  for (const page of [a, b]) await expect(log(page)).toBeVisible();
  // The test does not wait for answers: some of these reach the server before it dies, some do not.
  for (let at = 1; at <= 12; at++) {
    await say(at % 2 ? a : b, `Word ${at}`);
    if (at === 6) await server.kill();
  }
  await serve({ port: server.port });
  const sorted = (texts: string[]) => texts.toSorted((x, y) => Number(x.slice(5)) - Number(y.slice(5)));
  for (const page of [a, b]) {
    await expect(said(page)).toHaveCount(12, { timeout: 20_000 });
    await expect(waiting(page)).toHaveCount(0);
    expect(sorted(await said(page).allTextContents())).toEqual(words(12));
  }
  const order = await said(a).allTextContents();
  expect(await said(b).allTextContents(), "both see one order").toEqual(order);
  const ofAda = order.filter((text) => Number(text.slice(5)) % 2 === 1);
  expect(ofAda, "everybody's own order is kept").toEqual(sorted(ofAda));
});

test("a refused message says why, and can be retried, edited or discarded", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: "about:blank" }), enter(bo, { at: roomPath(room) })]);
  const line = await onLine(a, roomPath(room), { down: /^42\["frame"/ });
  await hearsBo(a, { bo, room });
  // The page gets no event about it, so it still shows the composer.
  line.hold();
  await archive(room, new Date());
  await say(a, "Word 1");
  await say(a, "Word 2");
  await say(a, "Word 3");
  await expect(message(a, "Not sent.")).toHaveCount(3);
  await expect(message(a, "Word 1")).toContainText("Not sent. This room is archived.");
  await archive(room, null);
  await message(a, "Word 2").getByRole("button", { name: "Discard" }).click();
  await expect(message(a, "Word 2")).toHaveCount(0);
  await message(a, "Word 3").getByRole("button", { name: "Edit" }).click();
  await expect(composer(a)).toHaveValue("Word 3");
  await expect(composer(a)).toBeFocused();
  await message(a, "Word 1").getByRole("button", { name: "Retry" }).click();
  await expect(message(b, "Word 1")).toBeVisible();
  await expect(message(a, "Not sent.")).toHaveCount(0);
  await composer(a).fill("Word 2");
  await composer(a).press("Enter");
  for (const page of [a, b]) await expect(said(page)).toHaveText(words(2));
});

test.describe("a server without its database", () => {
  // A browser also logs every error response over HTTP.
  test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_|status of 503/ });

  test("while the server cannot store, the page says so and keeps what it shows; later it sends the waiting messages", async ({
    enter,
    serve,
  }) => {
    const gate = await gateTo(given("DATABASE_URL"));
    const server = await serve({ by: gate.url });
    const team = await makeTeam();
    const other = await addRoom(team, { name: "observatory" }, team.ada, team.bo);
    const a = await enter(team.ada, { at: roomPath(other), server });
    const b = await enter(team.bo, { at: roomPath(team.room), server });
    await say(a, "A comet");
    await roomLink(a, "lighthouse").click();
    await expect(roomTitle(a, "lighthouse")).toBeVisible();
    await say(a, "Word 1");
    // Load what is read later, while the database is down.
    for (const page of [a, b]) await expect(message(page, "Word 1")).toBeVisible();

    await gate.shut();
    await say(a, "Word 2");
    const trouble = a
      .getByRole("main")
      .getByRole("status")
      .filter({ hasText: "The server can't save messages right now." });
    await expect(trouble).toContainText("One message is waiting to be sent.");
    await expect(banner(a)).toBeHidden();
    await expect(message(a, "Not sent.")).toHaveCount(0);
    await roomLink(a, "observatory").click();
    await expect(message(a, "A comet")).toBeVisible();
    await roomLink(a, "lighthouse").click();
    for (const word of words(2)) await expect(message(a, word)).toBeVisible();
    // The notice stays through several retries.
    await expect(waiting(a)).toHaveCount(1);
    await trouble.getByRole("button", { name: "Try now" }).click();
    await expect(trouble).toContainText("One message is waiting to be sent.");

    await gate.open();
    for (const page of [a, b]) await expect(said(page)).toHaveText(words(2));
    await expect(trouble).toBeHidden();
    await expect(waiting(a)).toHaveCount(0);
    await a.reload();
    await expect(said(a)).toHaveText(words(2));
    await server.stop();
    await gate.shut();
  });
});

test.describe("removed meanwhile", () => {
  // A browser also logs the refusal.
  test.use({ expectedNoise: /WebSocket connection to .* failed|net::ERR_|status of 40[34]/ });

  test("a message written offline in a room that its author was removed from is kept for them", async ({ enter }) => {
    const { ada, bo, room } = await makeTeam();
    const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
    await expect(log(b)).toBeVisible();
    await b.context().setOffline(true);
    await expect(banner(b)).toBeVisible();
    await say(b, "Word 1");
    await expect(waiting(b)).toHaveCount(1);
    const program = await programOf(ada);
    data(await program.rest("membership.remove", { roomId: room.id, personId: bo.id }));
    await b.context().setOffline(false);
    const kept = b.getByRole("region", { name: "Not sent" });
    await expect(kept.getByText("Word 1")).toBeVisible();
    await expect(kept.getByRole("button", { name: "Copy" })).toBeVisible();
    await kept.getByRole("button", { name: "Discard" }).click();
    await expect(kept).toHaveCount(0);
    await expect(said(a)).toHaveCount(0);
  });
});
