import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { pathsOf } from "@/lib/contract/paths";
import { handleOf, makePerson } from "@/tests/harness/people";
import { expect, phone, test } from "./fixtures";
import { composer, log, message, roomLink, roomList, roomPath, roomTitle } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";
import { expectForThumbs, hold } from "./touch";

// With motion: dialogs slide in from below.
test.use({ ...phone, contextOptions: { reducedMotion: "no-preference" } });

async function expectNothingAtTheSide(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, `${page.url()} is as wide as the phone`).toBeLessThanOrEqual(phone.viewport.width);
}

test("on a phone the rooms, a room and its panel are three levels, with a way back from each", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  data(await (await programOf(bo)).rest("message.send", { roomId: room.id, body: "The lamp is **lit**" }));
  const page = await enter(ada);
  await expect(roomLink(page, "lighthouse")).toContainText("Bo: The lamp is lit");
  await expect(composer(page)).toHaveCount(0);
  await roomLink(page, "lighthouse").tap();
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
  await expect(roomList(page)).toBeHidden();
  await expect(message(page, "The lamp is lit")).toBeVisible();
  await page.getByRole("button", { name: "Members: 2 people" }).tap();
  const panel = page.getByRole("complementary", { name: "Members of #lighthouse" });
  await expect(panel).toBeVisible();
  expect((await panel.boundingBox())?.width).toBe(phone.viewport.width);
  await panel.getByRole("button", { name: "Back to room" }).tap();
  await expect(panel).toBeHidden();
  await expect(message(page, "The lamp is lit")).toBeVisible();
  await page.getByRole("button", { name: "Back to rooms" }).tap();
  await expect(roomList(page)).toBeVisible();
  await page.goBack();
  await expect(roomTitle(page, "lighthouse")).toBeVisible();
});

test("on a phone one writes with a button and acts on a message with a long press", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  data(await (await programOf(ada)).rest("message.send", { roomId: room.id, body: "Lit at nine" }));
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);

  await test.step("Enter is a new line and the button sends, with the composer at the lower edge", async () => {
    await expect(composer(a), "focus would raise the keyboard").not.toBeFocused();
    await composer(a).tap();
    await a.keyboard.type("One line");
    await a.keyboard.press("Enter");
    await a.keyboard.type("and another");
    await expect(composer(a)).toHaveValue("One line\nand another");
    await a.getByRole("button", { name: "Send" }).tap();
    await expect(message(b, "and another")).toBeVisible();
    await expect(composer(a)).toHaveValue("");
    await expect(composer(a), "the keyboard stays up").toBeFocused();
    const box = await composer(a).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(phone.viewport.height - 24);
  });

  await test.step("a button beside the text adds what a keyboard hides, and never moves the log", async () => {
    const add = a.getByRole("button", { name: "Add to message" });
    const sheet = a.getByRole("dialog", { name: "Add to message" });
    const press = async (name: string) => {
      await add.tap();
      await sheet.getByRole("button", { name, exact: true }).tap();
    };
    const height = async () => (await a.getByRole("form", { name: "Write to #lighthouse" }).boundingBox())?.height;
    const writing = await height();
    await composer(a).blur();
    expect(await height()).toBe(writing);
    await expectForThumbs(add);
    await add.tap();
    await expect(sheet).toContainText("Who can read this: 2 people");
    await expectForThumbs(...(await sheet.getByRole("button").all()));
    await expectNothingAtTheSide(a);
    await a.goBack();
    await expect(sheet).toHaveCount(0);
    await press("Mention");
    await expect(composer(a)).toHaveValue("@");
    await expect(composer(a)).toBeFocused();
    await a
      .getByRole("listbox")
      .getByRole("option", { name: /Bo Larsen/ })
      .tap();
    await expect(composer(a)).toHaveValue(/^@\S+ $/);
    await composer(a).fill("See ");
    await press("Room");
    await expect(a.getByRole("listbox").getByRole("option", { name: /lighthouse/ })).toBeVisible();
    await a.keyboard.type("light");
    await a
      .getByRole("listbox")
      .getByRole("option", { name: /lighthouse/ })
      .tap();
    await expect(composer(a)).toHaveValue("See #lighthouse ");
    await press("Emoji");
    await sheet.getByRole("combobox", { name: "Find an emoji" }).fill("rocket");
    await sheet.getByRole("option", { name: "rocket", exact: true }).tap();
    await expect(composer(a)).toHaveValue("See #lighthouse 🚀");
    await composer(a).selectText();
    await press("Bold");
    await expect(composer(a)).toHaveValue("**See #lighthouse 🚀**");
    await expect(composer(a)).toBeFocused();
    await composer(a).fill("");
  });

  await test.step("a long press on a message opens its menu", async () => {
    const sheet = a.getByRole("dialog", { name: "Message actions" });
    await composer(a).focus();
    await hold(a, message(a, "Lit at nine"), sheet);
    await expect(sheet.getByRole("list").getByRole("button")).toHaveText([
      "Reply",
      "Reply in thread",
      "Copy link",
      "Copy text",
      "Pin",
      "Move to thread",
      "Edit",
      "Mark unread from here",
      "Delete",
    ]);
    await expectForThumbs(...(await sheet.getByRole("button").all()));
    await sheet.getByRole("button", { name: "Edit" }).tap();
    await expect(a.getByRole("textbox", { name: "Edit message" })).toBeFocused();
    await a.getByRole("textbox", { name: "Edit message" }).fill("Lit at ten");
    await a.getByRole("button", { name: "Save" }).tap();
    await expect(message(b, "Lit at ten")).toContainText("(edited)");
    await expect(composer(a)).toBeFocused();
    await hold(a, message(a, "Lit at ten"), sheet);
    await sheet.getByRole("button", { name: "Delete" }).tap();
    await a.getByRole("alertdialog").getByRole("button", { name: "Delete message" }).tap();
    await expect(message(b, "This message was deleted")).toBeVisible();
  });
});

test("moving the finger scrolls the log and opens no menu", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const program = await programOf(bo);
  for (let at = 1; at <= 30; at++) data(await program.rest("message.send", { roomId: room.id, body: `Wave ${at}` }));
  const page = await enter(ada, { at: roomPath(room) });
  await expect(log(page)).toBeVisible();
  await expect(
    log(page)
      .getByText(/^Wave \d+$/)
      .first(),
  ).toBeVisible();
  const offset = () => log(page).evaluate((element) => element.scrollTop);
  const before = await offset();
  const touch = await page.context().newCDPSession(page);
  const at = (y: number) => ({ touchPoints: [{ x: 195, y }] });
  // The first move must follow at once: a finger that rests opens the menu.
  await Promise.all([
    touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(350) }),
    touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(360) }),
    touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(370) }),
  ]);
  for (let y = 380; y <= 650; y += 10) await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(y) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect.poll(offset).not.toBe(before);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the main controls are touch targets, and no screen is wider than the phone", async ({ enter, visit }) => {
  const team = await makeTeam({ topic: "A topic that is a good deal longer than a phone is wide, and goes on" });
  const long = await addRoom(
    team,
    { name: "incident-2026-11-17-queue-depth-and-everything-that-came-after-it" },
    team.ada,
  );
  const program = await programOf(team.ada);
  const bodies = [
    "x".repeat(400),
    `\`\`\`\n${"code ".repeat(60)}\n\`\`\``,
    "| a | b | c |\n|---|---|---|\n| long long cell | long long cell | long long cell |",
  ];
  for (const body of bodies) data(await program.rest("message.send", { roomId: long.id, body }));
  await makePerson(team.organization, {
    name: "Wolfeschlegelsteinhausenbergerdorff Maximiliana Konstantinopolitanskaja",
  });

  const page = await enter(team.ada);
  await expect(roomLink(page, "lighthouse")).toBeVisible();
  await expectNothingAtTheSide(page);
  await expectForThumbs(
    roomLink(page, "lighthouse"),
    page.getByRole("button", { name: /^Jump to/ }),
    page.getByRole("button", { name: "Add rooms" }),
    page.getByRole("button", { name: "Theme" }),
    page.getByRole("link", { name: "Settings" }),
  );
  await page.goto(roomPath(long));
  await expect(message(page, "xxxx")).toBeVisible();
  await expectNothingAtTheSide(page);
  await expectForThumbs(
    page.getByRole("button", { name: "Back to rooms" }),
    page.getByRole("button", { name: /^Members/ }),
    page.getByRole("main").getByRole("button", { name: "More" }),
  );
  const paths = pathsOf(handleOf(team.ada.organizationId));
  const places = [
    ["/browse", "Browse rooms"],
    [`${roomPath(long)}?panel=members`, "Members"],
    [`${roomPath(long)}?panel=details`, "Details"],
    ["/settings", "Settings"],
    ["/settings/account", "Account"],
    [paths.setting("general"), "General"],
    [paths.setting("security"), "Security"],
    [paths.setting("rooms"), "Rooms"],
    [paths.setting("default-rooms"), "Default rooms"],
    [paths.roomSettings(long.id), "People"],
    [paths.setting("audit"), "Audit log"],
    ["/settings/people", "People"],
    ["/settings/invites", "Invites"],
  ] as const;
  for (const [at, name] of places) {
    await page.goto(at);
    await expect(page.getByRole("heading", { name, exact: true }).first()).toBeAttached();
    await expectNothingAtTheSide(page);
  }
  const stranger = await visit({ at: "/sign-in", ...phone });
  await expectForThumbs(
    stranger.getByRole("button", { name: "Sign in" }),
    stranger.getByRole("button", { name: "Show password" }),
  );
  await expectNothingAtTheSide(stranger);
});
