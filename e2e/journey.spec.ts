import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, message, roomList, roomTitle, settled } from "./screen";

// As most people have it: dialogs and menus fade, and keys may not get lost meanwhile.
test.use({ contextOptions: { reducedMotion: "no-preference" } });

/** Presses Tab until this element has the focus. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await focused()); presses++) {
    expect(presses, "it is reached with the Tab key").toBeLessThan(60);
    await page.keyboard.press(key);
  }
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Fills a form, beginning with the focused field, and submits it. */
async function answer(page: Page, ...answers: string[]): Promise<void> {
  for (const [at, text] of answers.entries()) {
    if (at > 0) await press(page, "Tab");
    await page.keyboard.type(text);
  }
  await press(page, "Enter");
}

async function send(page: Page, text: string): Promise<void> {
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type(text);
  await press(page, "Enter");
}

test("a team can set up, invite, join and write with the keyboard alone", async ({ visit, serve }) => {
  const server = await serve({ empty: true });
  // The address that `npm start` prints, with the setup code.
  const ada = await visit({ server, at: server.setUpAt ?? "" });

  await test.step("the first page of a fresh server sets it up", async () => {
    await expect(ada.getByRole("heading", { name: "Set up your team chat" })).toBeVisible();
    await expect(ada.getByRole("textbox", { name: "Organization" })).toBeFocused();
    await answer(ada, "Larkfield", "Ada Lovelace", "ada@larkfield.example", "correct horse battery");
  });

  await test.step("Ada chooses the rooms to begin with, looks at the link for the others, and goes in", async () => {
    await expect(ada.getByRole("heading", { name: "Your first rooms" })).toBeVisible();
    await settled(ada);
    for (const name of ["Developer", "Trading", "Security"]) {
      await tabTo(ada, ada.getByRole("switch", { name }));
      await press(ada, "Space");
    }
    await tabTo(ada, ada.getByRole("button", { name: "Create 4 rooms" }));
    await press(ada, "Enter");
    await expect(ada.getByRole("textbox", { name: "Invite link" })).toBeVisible();
    await tabTo(ada, ada.getByRole("link", { name: "Go to General" }));
    await press(ada, "Enter");
    await expect(roomTitle(ada, "General")).toBeVisible();
  });

  await test.step("the rooms are there", async () => {
    const names = roomList(ada).getByRole("listitem");
    await expect(names).toHaveText(["Admin", "Developer", "General", "Security", "Trading"]);
  });

  await test.step("the set-up never comes again", async () => {
    const late = await visit({ server, at: "/setup" });
    await expect(late.getByRole("heading", { name: "Sign in to Larkfield" })).toBeVisible();
    const { status } = await late.request
      .post("/api/setup", {
        headers: { origin: server.url },
        data: { organization: "Mine", name: "Eve", email: "eve@example.org", password: "correct horse battery" },
      })
      .then((answered) => ({ status: answered.status() }));
    expect(status).toBe(410);
  });

  const link = await test.step("Ada makes an invite that opens the Developer room", async () => {
    await expect(composer(ada)).toBeFocused();
    await press(ada, "F6");
    await tabTo(ada, ada.getByRole("button", { name: "Larkfield" }), "Shift+Tab");
    await press(ada, "Enter");
    await expect(ada.getByRole("menuitem", { name: "Invite people" })).toBeFocused();
    await press(ada, "Enter");
    await tabTo(ada, ada.getByRole("button", { name: "New invite" }));
    await press(ada, "Enter");
    await expect(ada.getByRole("combobox", { name: "How many people can use it" })).toBeFocused();
    await tabTo(ada, ada.getByRole("group", { name: "Rooms" }).getByRole("checkbox", { name: "Developer" }));
    await press(ada, "Space");
    await tabTo(ada, ada.getByRole("button", { name: "Create link" }));
    await press(ada, "Enter");
    const field = ada.getByRole("textbox", { name: "Link" });
    await expect(field).toBeVisible();
    const value = await field.inputValue();
    await tabTo(ada, ada.getByRole("button", { name: "Done" }));
    await press(ada, "Enter");
    await expect(ada.getByRole("table", { name: "Invites" })).toContainText("0 of 10");
    await tabTo(ada, ada.getByRole("link", { name: "Back to Parley" }));
    await press(ada, "Enter");
    await expect(roomTitle(ada, "General")).toBeVisible();
    return value;
  });

  const bo = await test.step("Bo joins through it and finds what it named", async () => {
    const page = await visit({ server, at: link });
    await expect(page.getByRole("heading", { name: "Join Larkfield" })).toBeVisible();
    await expect(page.getByText("Ada Lovelace invited you")).toBeVisible();
    await expect(page.getByRole("listitem")).toHaveText(["Developer"]);
    await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
    await answer(page, "Bo Larsen", "bo@larkfield.example", "another horse battery");
    await expect(roomTitle(page, "General")).toBeVisible();
    await expect(roomList(page).getByRole("listitem")).toHaveText(["Developer", "General"]);
    return page;
  });

  await test.step("they talk, and Ada mends what she said", async () => {
    await expect(message(ada, "Bo Larsen joined")).toBeVisible();
    await send(ada, "Welcome aboard Bo");
    await expect(message(bo, "Welcome aboard Bo")).toBeVisible();
    await send(bo, "Glad to be here");
    await expect(message(ada, "Glad to be here")).toBeVisible();
    await press(ada, "ArrowUp");
    await expect(ada.getByRole("textbox", { name: "Edit message" })).toBeFocused();
    await ada.keyboard.type("!");
    await press(ada, "Enter");
    await expect(message(bo, "Welcome aboard Bo!")).toContainText("(edited)");
  });

  await test.step("in the log arrows go from message to message, and letters act on one", async () => {
    await tabTo(bo, message(bo, "Glad to be here"), "Shift+Tab");
    await press(bo, "ArrowUp");
    await expect(message(bo, "Welcome aboard Bo!")).toBeFocused();
    await press(bo, "ArrowDown", "e");
    await expect(bo.getByRole("textbox", { name: "Edit message" })).toBeFocused();
    await press(bo, "Escape");
    await expect(composer(bo)).toBeFocused();
    await tabTo(bo, message(bo, "Glad to be here"), "Shift+Tab");
    await press(bo, "Enter");
    await expect(bo.getByRole("menuitem", { name: "Reply in thread" })).toBeFocused();
    await press(bo, "Escape");
    await expect(message(bo, "Glad to be here")).toBeFocused();
    await press(bo, "Escape");
    await expect(composer(bo)).toBeFocused();
  });

  await test.step("Alt+Down and Ctrl+K lead to other rooms, and back into writing", async () => {
    await expect(composer(ada)).toBeFocused();
    await press(ada, "Alt+ArrowDown");
    await expect(roomTitle(ada, "Security")).toBeVisible();
    await expect(composer(ada)).toBeFocused();
    await press(ada, "Control+k");
    await expect(ada.getByRole("combobox", { name: "Jump to a room" })).toBeFocused();
    await ada.keyboard.type("dev");
    await expect(ada.getByRole("option", { selected: true })).toContainText("Developer");
    await press(ada, "Enter");
    await expect(roomTitle(ada, "Developer")).toBeVisible();
    await send(ada, "Anybody here?");
    await press(bo, "Alt+ArrowUp");
    await expect(roomTitle(bo, "Developer")).toBeVisible();
    await expect(message(bo, "Anybody here?")).toBeVisible();
  });

  await test.step("Ada makes a room, and the dialog gives the keyboard back", async () => {
    await press(ada, "Control+k");
    await ada.keyboard.type("new room");
    await press(ada, "Enter");
    await expect(ada.getByRole("dialog", { name: "New room" }).getByRole("textbox", { name: "Name" })).toBeFocused();
    await answer(ada, "design");
    await expect(roomTitle(ada, "design")).toBeVisible();
    await send(ada, "The first word");
    await expect(message(ada, "The first word")).toBeVisible();
  });

  await test.step("Ada signs out", async () => {
    await press(ada, "F6", "F6");
    await tabTo(ada, ada.getByRole("button", { name: "Larkfield" }), "Shift+Tab");
    await press(ada, "Enter");
    await expect(ada.getByRole("menuitem", { name: "Invite people" })).toBeFocused();
    await press(ada, "End");
    await expect(ada.getByRole("menuitem", { name: "Sign out Ada Lovelace" })).toBeFocused();
    await press(ada, "Enter");
    await expect(ada.getByRole("heading", { name: "Sign in to Larkfield" })).toBeVisible();
    await ada.goto("/");
    await expect(ada.getByRole("heading", { name: "Sign in to Larkfield" })).toBeVisible();
  });
});
