import { data } from "@/tests/harness/login";
import { expect, test } from "./fixtures";
import { db } from "@/lib/server/db";
import { composer, log, message, roomLink, roomList, roomPath, roomTitle, say } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

test("two people in a room see the same groups, edits and deletions, and who is typing", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);

  await test.step("messages of one person are grouped, those of another are separate", async () => {
    await say(a, "First things");
    await say(a, "Second things");
    await expect(message(b, "Second things")).toBeVisible();
    await say(b, "Third things");
    await expect(message(a, "Third things")).toBeVisible();
    for (const page of [a, b]) {
      // Screen readers get the author of every message, but the page shows it only at the start of a group.
      await expect(page.getByRole("article", { name: /^Ada Lovelace Second things/ })).toBeVisible();
      const names = log(page)
        .getByRole("banner")
        .or(log(page).getByText(/^(Ada Lovelace|Bo Larsen)$/));
      await expect(names.filter({ visible: true })).not.toHaveCount(0);
      const heights = await Promise.all(
        ["First", "Second", "Third"].map(
          async (word) => (await message(page, `${word} things`).boundingBox())?.height ?? 0,
        ),
      );
      expect(heights[1], "the second row has no header").toBeLessThan((heights[0] ?? 0) - 12);
      expect(heights[2], "the third has one").toBe(heights[0]);
    }
  });

  await test.step("both see an edit with its mark, and the mark opens the earlier versions", async () => {
    await say(a, "We meet at nine");
    await expect(message(b, "We meet at nine")).toBeVisible();
    await expect(message(a, "We meet at nine")).not.toContainText("waiting");
    await composer(a).press("ArrowUp");
    const editor = a.getByRole("textbox", { name: "Edit message" });
    await expect(editor).toBeFocused();
    await editor.fill("We meet at ten");
    await editor.press("Enter");
    for (const page of [a, b]) {
      await expect(message(page, "We meet at ten")).toContainText("(edited)");
      await expect(message(page, "We meet at nine")).toHaveCount(0);
    }
    await message(b, "We meet at ten").getByRole("button", { name: "(edited)" }).click();
    const versions = b.getByRole("dialog", { name: "Earlier versions" });
    await expect(versions).toContainText("We meet at nine");
    await b.keyboard.press("Escape");
    await expect(versions).toBeHidden();
  });

  await test.step("a deleted message leaves a tombstone for both, without its text", async () => {
    await say(a, "The code is 4711");
    await expect(message(b, "The code is 4711")).toBeVisible();
    await message(a, "4711").hover();
    await message(a, "4711").getByRole("button", { name: "More" }).click();
    await a.getByRole("menuitem", { name: "Delete" }).click();
    const question = a.getByRole("alertdialog", { name: "Delete this message?" });
    await expect(question).toContainText("The other person will see that a message was deleted.");
    await question.getByRole("button", { name: "Delete message" }).click();
    for (const page of [a, b]) {
      await expect(message(page, "This message was deleted")).toBeVisible();
      await expect(page.getByText("4711")).toHaveCount(0);
    }
  });

  await test.step("another person's message can be copied, but not edited or deleted", async () => {
    await say(a, "Mine alone");
    await message(b, "Mine alone").hover();
    await message(b, "Mine alone").getByRole("button", { name: "More" }).click();
    await expect(b.getByRole("menuitem")).toHaveText([
      /React/,
      /^Reply(?! in)/,
      /Reply in thread/,
      /Copy link/,
      /Copy text/,
      /Pin/,
      /Mark unread from here/,
    ]);
    await b.keyboard.press("Escape");
    await expect(b.getByRole("menu")).toHaveCount(0);
  });

  await test.step("a person is shown as typing until their message arrives", async () => {
    const typing = b.getByRole("main").getByText("Ada Lovelace is typing");
    await expect(a.getByRole("log")).toBeVisible();
    await expect(b.getByRole("log")).toBeVisible();
    await composer(a).pressSequentially("Soon");
    await expect(typing).toBeVisible();
    await expect(a.getByText("is typing")).toHaveCount(0);
    await composer(a).press("Enter");
    await expect(message(b, "Soon")).toBeVisible();
    await expect(typing).toHaveCount(0);
  });

  await test.step("the typing line disappears after six seconds without a message", async () => {
    await expect(b.getByRole("log")).toBeVisible();
    await composer(a).pressSequentially("Or");
    await expect(b.getByText("Ada Lovelace is typing")).toBeVisible();
    await expect(b.getByText("Ada Lovelace is typing")).toBeHidden({ timeout: 20_000 });
  });
});

test("a person is active while one of their tabs is open, and offline soon after the last one closes", async ({
  enter,
}) => {
  const { ada, bo, room } = await makeTeam();
  const a = await enter(ada, { at: `${roomPath(room)}?panel=members` });
  const row = a.getByRole("complementary").getByRole("listitem").filter({ hasText: "Bo Larsen" });
  await expect(row).toContainText("Offline");
  const first = await enter(bo, { at: roomPath(room) });
  await expect(row).toContainText("Active");
  const second = await first.context().newPage();
  await second.goto(roomPath(room));
  await expect(second.getByRole("log")).toBeVisible();
  // The second message reaches the tab by its socket, so by then its socket keeps Bo active.
  for (const text of ["Are you there?", "And now?"]) {
    await say(a, text);
    await expect(message(second, text)).toBeVisible();
  }
  const seen: string[] = [];
  await a.exposeFunction("remember", (text: string) => void seen.push(text));
  await row.evaluate((element) => {
    const changed = () =>
      (globalThis as unknown as { remember(text: string): void }).remember(element.textContent ?? "");
    new MutationObserver(changed).observe(element, { subtree: true, childList: true, characterData: true });
  });
  await first.close();
  await say(second, "Still here");
  await expect(message(a, "Still here")).toBeVisible();
  await second.close();
  await expect(row).toContainText("Offline");
  expect(
    seen.filter((text) => text.includes("Active")),
    "closing one of two tabs changed nothing",
  ).toEqual([]);
});

test("unread messages of another room are counted in the list and the title, and read by opening it", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const other = await addRoom(team, { name: "observatory" }, ada, bo);
  const b = await enter(bo, { at: roomPath(room) });
  await expect(b).toHaveTitle("#lighthouse · Parley");
  const program = await programOf(ada);
  for (const body of ["One star", "Two stars", "Three stars"]) {
    data(await program.rest("message.send", { roomId: other.id, body }));
  }
  await expect(roomLink(b, "observatory")).toHaveAccessibleName("observatory 3 unread");
  await expect(b).toHaveTitle("(3) #lighthouse · Parley");
  const weight = (name: string) =>
    roomList(b)
      .getByText(name, { exact: true })
      .evaluate((element) => Number(getComputedStyle(element).fontWeight));
  expect(await weight("observatory")).toBeGreaterThan(450);

  await roomLink(b, "observatory").click();
  const rows = log(b).getByText(/^(New|One star|Two stars|Three stars)$/);
  await expect(rows).toHaveText(["New", "One star", "Two stars", "Three stars"]);
  await expect(b).toHaveTitle("#observatory · Parley");
  await expect(roomLink(b, "observatory")).toHaveAccessibleName("observatory");
  await expect(log(b).getByText("New", { exact: true }), "it stands until one leaves").toBeVisible();

  await roomLink(b, "lighthouse").click();
  await expect.poll(() => weight("observatory")).toBeLessThan(450);
  await roomLink(b, "observatory").click();
  await expect(message(b, "Three stars")).toBeVisible();
  await expect(log(b).getByText("New", { exact: true })).toHaveCount(0);
});

test("a message read in one browser is read in the other, and after a reload", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const other = await addRoom(team, { name: "observatory" }, ada, bo);
  const [desk, sofa] = await Promise.all([enter(bo, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await expect(desk.getByRole("log")).toBeVisible();
  const program = await programOf(ada);
  data(await program.rest("message.send", { roomId: other.id, body: "A comet" }));
  await expect(roomLink(sofa, "observatory")).toHaveAccessibleName("observatory 1 unread");
  await roomLink(desk, "observatory").click();
  await expect(roomLink(sofa, "observatory")).toHaveAccessibleName("observatory");
  await sofa.reload();
  await expect(roomLink(sofa, "lighthouse")).toBeVisible();
  await expect(roomLink(sofa, "observatory")).toHaveAccessibleName("observatory");
});

const lastReadSeqOf = async (personId: string, roomId: string) =>
  (await db().membership.findUniqueOrThrow({ where: { roomId_personId: { roomId, personId } } })).lastReadSeq;

test("marked as unread from a message on, a room stays unread on all devices until one returns to it", async ({
  enter,
}) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const other = await addRoom(team, { name: "observatory" }, ada, bo);
  const [desk, sofa] = await Promise.all([enter(bo, { at: roomPath(other) }), enter(bo, { at: roomPath(room) })]);
  const program = await programOf(ada);
  const send = async (body: string) => data(await program.rest("message.send", { roomId: other.id, body }));
  for (const body of ["One star", "Two stars", "Three stars"]) await send(body);
  await expect(message(desk, "Three stars")).toBeVisible();
  await expect(roomLink(sofa, "observatory")).toHaveAccessibleName("observatory");
  await expect(log(desk).getByText("New", { exact: true })).toHaveCount(0);

  const rows = log(desk).getByText(/^(New|One star|Two stars|Three stars|Four stars)$/);
  await test.step("with the keyboard, and taken back", async () => {
    await desk.keyboard.press("Escape");
    await expect.poll(() => lastReadSeqOf(bo.id, other.id), "the read position is stored").toBe(3);
    await composer(desk).press("Shift+Tab");
    await desk.keyboard.press("ArrowUp");
    await desk.keyboard.press("u");
    await expect(rows).toHaveText(["One star", "New", "Two stars", "Three stars"]);
    for (const page of [desk, sofa])
      await expect(roomLink(page, "observatory")).toHaveAccessibleName("observatory 2 unread");
    await desk.getByRole("button", { name: "Undo" }).click();
    for (const page of [desk, sofa]) await expect(roomLink(page, "observatory")).toHaveAccessibleName("observatory");
  });

  await test.step("from the menu; what arrives meanwhile stays unread, too", async () => {
    await message(desk, "Three stars").hover();
    await message(desk, "Three stars").getByRole("button", { name: "More" }).click();
    await desk.getByRole("menuitem", { name: "Mark unread from here" }).click();
    await expect(rows).toHaveText(["One star", "Two stars", "New", "Three stars"]);
    await send("Four stars");
    await expect(message(desk, "Four stars")).toBeVisible();
    for (const page of [desk, sofa])
      await expect(roomLink(page, "observatory")).toHaveAccessibleName("observatory 2 unread");
  });

  await test.step("until one returns to the room", async () => {
    await roomLink(desk, "lighthouse").click();
    await expect(roomTitle(desk, "lighthouse")).toBeVisible();
    await roomLink(desk, "observatory").click();
    for (const page of [desk, sofa]) await expect(roomLink(page, "observatory")).toHaveAccessibleName("observatory");
  });
});
