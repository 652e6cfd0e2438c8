import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { joinAs, makePeople, type TestPerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { onLine } from "./line";
import { composer, log, message, roomList, roomPath, roomTitle, say, settled } from "./screen";
import { makeTeam, programOf, sayAs } from "./team";

/** What is unread stands above the sections. */
const conversations = (page: Page) =>
  roomList(page)
    .getByRole("list", { name: "Direct messages" })
    .or(roomList(page).getByRole("list", { name: "Unread" }));
const conversation = (page: Page, name: string) => conversations(page).getByRole("link").filter({ hasText: name });

/** A person, or the notes to oneself, in the list of people of a new message. */
const option = (page: Page, name: string) =>
  page.getByRole("main").getByRole("listbox", { name: "People" }).getByRole("option").filter({ hasText: name });
const findPeople = (page: Page) => page.getByRole("main").getByRole("combobox", { name: "Find people" });
const chip = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name: `Remove ${name}` });

/** Chooses people with the mouse, one after another, because each choice moves the list. */
async function choosePeople(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await option(page, name).click();
    await expect(chip(page, name)).toBeVisible();
  }
}

/** Opens a conversation by keyboard: the shortcut, a part of each name, Enter for the first that is found, and Enter to open. */
async function startByKeyboard(page: Page, parts: readonly string[], title: string): Promise<void> {
  await page.keyboard.press("Control+Shift+K");
  const field = findPeople(page);
  await expect(field).toBeFocused();
  for (const part of parts) {
    await page.keyboard.type(part);
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue("");
  }
  await page.keyboard.press("Enter");
  await expect(roomTitle(page, title)).toBeVisible();
}

/** The conversation of two people, for one of them without a browser. */
async function conversationOf(person: TestPerson, other: TestPerson) {
  const program = await programOf(person);
  const { room } = data(await program.rest("direct.open", { personIds: [other.id] }));
  return {
    send: async (body: string) => void data(await program.rest("message.send", { roomId: room.id, body })),
    texts: async () => {
      const { messages } = data(await program.rest("message.list", { roomId: room.id }));
      return messages.flatMap(({ kind, body }) => (kind === "person" ? [body] : []));
    },
  };
}

test("a conversation starts by keyboard, and appears for the other with its first message", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  await expect(composer(a)).toBeFocused();
  await expect(conversation(a, "Bo Larsen")).toHaveAttribute("aria-current", "page");
  await expectAccessible(a);

  await say(a, "Only the two of us.");
  await expect(conversation(b, "Ada Lovelace")).toContainText("1 unread");
  await conversation(b, "Ada Lovelace").click();
  await expect(message(b, "Only the two of us.")).toBeVisible();
  await say(b, "Then I can say it.");
  await expect(message(a, "Then I can say it.")).toBeVisible();
  await expect(a).toHaveTitle(/^Bo Larsen/);

  // Starting it again leads to the same one.
  await startByKeyboard(b, ["lovelace"], "Ada Lovelace");
  await expect(message(b, "Only the two of us.")).toBeVisible();
  await expect(conversations(b).getByRole("link")).toHaveCount(1);
});

test("several people have a conversation under their names, and adding somebody makes another one", async ({
  enter,
}) => {
  const { organization, ada, bo, room } = await makeTeam();
  const [cy] = await makePeople(organization, [{ name: "Cy Young" }, { name: "Dee Fox" }]);
  const [a, c] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(cy as typeof bo, { at: "/browse" })]);
  await startByKeyboard(a, ["larsen", "young"], "Bo, Cy");
  await say(a, "Three of us.");
  await expect(conversation(c, "Ada, Bo")).toContainText("1 unread");

  await a.getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "Add people" }).click();
  const main = a.getByRole("main");
  await expect(main.getByRole("heading", { level: 1, name: "Add people" })).toBeVisible();
  await expect(main).toContainText("starts another conversation");
  await findPeople(a).fill("dee");
  await option(a, "Dee Fox").click();
  await main.getByRole("button", { name: "Open conversation" }).click();
  await expect(roomTitle(a, "Bo, Cy, Dee")).toBeVisible();
  await expect(log(a)).not.toContainText("Three of us.");
  await expect(conversations(a).getByRole("link")).toHaveCount(2);
});

test("the people of a conversation get a private room, and what they said stays where it was", async ({ enter }) => {
  const { organization, ada, bo, room } = await makeTeam();
  const [cy] = await makePeople(organization, [{ name: "Cy Young" }]);
  const [a, c] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(cy as typeof bo, { at: "/browse" })]);
  await startByKeyboard(a, ["larsen", "young"], "Bo, Cy");
  await say(a, "Three of us.");
  await a.getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "New room with them" }).click();
  const dialog = a.getByRole("dialog", { name: "New room" });
  for (const name of ["Bo Larsen", "Cy Young"])
    await expect(dialog.getByRole("button", { name: `Remove ${name}` })).toBeVisible();
  await expect(dialog.getByRole("radio", { name: /^Private/ })).toBeChecked();
  await expect(dialog).toContainText("stays in your conversation");
  await expectAccessible(a);
  await dialog.getByRole("textbox", { name: "Name" }).fill("boathouse");
  await a.keyboard.press("Enter");
  await expect(roomTitle(a, "boathouse")).toBeVisible();
  await expect(log(a)).not.toContainText("Three of us.");
  await expect(conversation(a, "Bo, Cy")).toBeVisible();
  await expect(roomList(c).getByRole("link", { name: /boathouse/ })).toBeVisible();
});

test("a hidden conversation comes back with the next message, one that was left does not", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const a = await enter(ada, { at: roomPath(room) });
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  const his = await conversationOf(bo, ada);
  await say(a, "First");
  await expect.poll(his.texts).toEqual(["First"]);
  const choose = async (name: string) => {
    await a.getByRole("button", { name: "More" }).click();
    await a.getByRole("menuitem", { name }).click();
    await expect(conversations(a).getByRole("link")).toHaveCount(0);
    await expect(roomTitle(a, "lighthouse"), "it does not open again by itself").toBeVisible();
  };
  await choose("Hide until the next message");
  await his.send("Second");
  await expect(conversation(a, "Bo Larsen")).toContainText("1 unread");
  await conversation(a, "Bo Larsen").click();
  await expect(message(a, "Second")).toBeVisible();

  await choose("Leave conversation");
  await his.send("Third");
  // What Bo says next in the room that both are in arrives after it.
  await sayAs(bo, { room }, ["Fourth"]);
  await expect(message(a, "Fourth")).toBeVisible();
  await expect(conversations(a).getByRole("link")).toHaveCount(0);
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  await expect(message(a, "Third")).toBeVisible();
});

test("writing in a conversation that was left brings it back, and its answers count", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const a = await enter(ada, { at: roomPath(room) });
  await startByKeyboard(a, ["larsen"], "Bo Larsen");
  const his = await conversationOf(bo, ada);
  await say(a, "First");
  await expect.poll(his.texts).toEqual(["First"]);
  // From its row in the sidebar.
  await conversation(a, "Bo Larsen").focus();
  await a.keyboard.press("Shift+F10");
  await a.getByRole("menuitem", { name: "Leave conversation" }).click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await expect(conversations(a).getByRole("link")).toHaveCount(0);

  await a.goBack();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
  await expect(a.getByText("Only the two of you")).toBeVisible();
  await say(a, "Second");
  await expect(conversation(a, "Bo Larsen")).toHaveAttribute("aria-current", "page");
  await expect.poll(his.texts).toEqual(["First", "Second"]);
  await roomList(a).getByRole("link").filter({ hasText: "lighthouse" }).click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await his.send("Third");
  await expect(conversation(a, "Bo Larsen")).toContainText("1 unread");
});

test("notes to oneself are a conversation with nobody else, and a muted room does not count", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const a = await enter(ada);
  await roomList(a).getByRole("button", { name: "New message" }).click();
  await option(a, "Notes to self").click();
  await expect(roomTitle(a, "Notes to self")).toBeVisible();
  await say(a, "Buy oil.");
  await expect(message(a, "Buy oil.")).toBeVisible();

  await roomList(a).getByRole("link").filter({ hasText: "lighthouse" }).click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await a.getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "Mute" }).click();
  await expect(roomList(a).getByRole("img", { name: "Muted" })).toBeVisible();
  await conversation(a, "Notes to self").click();
  await sayAs(bo, { room }, ["Loud"]);
  await (await conversationOf(bo, ada)).send("Direct");
  await expect(conversation(a, "Bo Larsen")).toContainText("1 unread");
  await expect(a).toHaveTitle(/^\(1\) /);
  await expect(roomList(a).getByRole("link").filter({ hasText: "lighthouse" })).not.toContainText("unread");
});

test("on a phone: a person's row leads to a conversation, and back to the list", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const page = await enter(ada, { at: `${roomPath(room)}?panel=members`, ...phone });
  await page.getByRole("button", { name: "Actions for Bo Larsen" }).tap();
  await page.getByRole("menuitem", { name: "Message" }).tap();
  await expect(roomTitle(page, "Bo Larsen")).toBeVisible();
  await composer(page).fill("From the train.");
  await page.getByRole("button", { name: "Send" }).tap();
  await expect(message(page, "From the train.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back to rooms" }).tap();
  await expect(conversation(page, "Bo Larsen")).toContainText("From the train.");
  await expectAccessible(page);
});

test("a new message is a page: people become chips, what was said with them is offered, and the first message is sent", async ({
  enter,
}) => {
  const { organization, ada, bo, room } = await makeTeam();
  const others = Array.from({ length: 8 }, (_, at) => ({ name: `Person ${at}` }));
  await makePeople(organization, [{ name: "Cy Young" }, ...others]);
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  const main = a.getByRole("main");
  const field = findPeople(a);
  const choose = async (part: string, name: string) => {
    await field.fill(part);
    await a.keyboard.press("Enter");
    await expect(chip(a, name)).toBeVisible();
    await expect(field).toHaveValue("");
    await expect(field).toBeFocused();
  };
  await a.keyboard.press("Control+Shift+K");
  await expect(a).toHaveURL(/\/new-message$/);
  await expect(field).toBeFocused();
  await choose("larsen", "Bo Larsen");
  await expect(main.getByText("You already talk with")).toHaveCount(0);
  await expectAccessible(a);
  await main.getByRole("textbox", { name: "Message Bo Larsen" }).fill("Hello from a page.");
  await main.getByRole("button", { name: "Send" }).click();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
  await expect(message(a, "Hello from a page.")).toBeVisible();
  await expect(conversation(b, "Ada Lovelace")).toContainText("1 unread");

  await roomList(a).getByRole("button", { name: "New message" }).click();
  await choose("larsen", "Bo Larsen");
  await expect(main.getByText("You already talk with Bo Larsen")).toBeVisible();
  await expect(main.getByText("You: Hello from a page.")).toBeVisible();
  // Another person makes it another conversation. Backspace takes them away again.
  await choose("young", "Cy Young");
  await expect(main.getByText("You already talk with")).toHaveCount(0);
  await a.keyboard.press("Backspace");
  await expect(main.getByRole("button", { name: "Remove Cy Young" })).toHaveCount(0);
  // What was typed goes along.
  await main.getByRole("textbox", { name: "Message Bo Larsen" }).fill("And more");
  await main.getByRole("button", { name: "Open", exact: true }).click();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
  await expect(composer(a)).toHaveValue("And more");

  // At most eight people.
  await a.keyboard.press("Control+Shift+K");
  await expect(field).toBeFocused();
  await choosePeople(
    a,
    others.map(({ name }) => name),
  );
  await expect(main.getByText("8 of 8")).toBeVisible();
  await expect(option(a, "Cy Young")).toHaveAttribute("aria-disabled", "true");
});

test("the first message is kept for the people it was typed for, and nothing that is typed later is lost", async ({
  enter,
}) => {
  const { organization, ada, room } = await makeTeam();
  await makePeople(organization, [{ name: "Cy Young" }]);
  const a = await enter(ada, { at: "about:blank" });
  const line = await onLine(a, roomPath(room), { up: /direct\.open/ });
  const main = a.getByRole("main");
  const field = findPeople(a);
  const choose = (name: string) => option(a, name).click();
  const textFor = (name: string) => main.getByRole("textbox", { name: `Message ${name}` });
  await a.keyboard.press("Control+Shift+K");
  await choose("Cy Young");
  await textFor("Cy Young").fill("For Cy");
  await main.getByRole("button", { name: "Close" }).click();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();

  // Neither in one's notes nor with another person.
  await a.keyboard.press("Control+Shift+K");
  await choose("Notes to self");
  await expect(roomTitle(a, "Notes to self")).toBeVisible();
  await expect(composer(a)).toHaveValue("");
  await a.keyboard.press("Control+Shift+K");
  await expect(field).toBeFocused();
  await choose("Bo Larsen");
  await expect(textFor("Bo Larsen")).toHaveValue("");
  await textFor("Bo Larsen").fill("Hello");
  line.hold();
  await a.keyboard.press("Enter");
  await a.keyboard.type(" and more");
  line.goOn();
  await expect(roomTitle(a, "Bo Larsen")).toBeVisible();
  await expect(message(a, "Hello")).toBeVisible();
  await expect(composer(a)).toHaveValue(" and more");

  await a.keyboard.press("Control+Shift+K");
  await expect(field).toBeFocused();
  await choosePeople(a, ["Cy Young"]);
  await expect(textFor("Cy Young")).toHaveValue("For Cy");
  // Another person makes it a conversation of three. What was typed goes along.
  await choose("Bo Larsen");
  await expect(textFor("Cy and Bo")).toHaveValue("For Cy");
});

test("the people of a new message are in its address: a reload, Back and Forward keep them", async ({ enter }) => {
  const { organization, ada, room } = await makeTeam();
  await makePeople(organization, [{ name: "Cy Young" }]);
  const a = await enter(ada, { at: roomPath(room) });
  await a.keyboard.press("Control+Shift+K");
  await choosePeople(a, ["Bo Larsen", "Cy Young"]);
  await a.reload();
  await settled(a);
  for (const name of ["Bo Larsen", "Cy Young"]) await expect(chip(a, name)).toBeVisible();
  await a.goBack();
  await expect(roomTitle(a, "lighthouse")).toBeVisible();
  await a.goForward();
  for (const name of ["Bo Larsen", "Cy Young"]) await expect(chip(a, name)).toBeVisible();
  await chip(a, "Bo Larsen").click();
  await expect(chip(a, "Bo Larsen")).toHaveCount(0);
  await a.reload();
  await expect(chip(a, "Cy Young")).toBeVisible();
  await expect(chip(a, "Bo Larsen")).toHaveCount(0);
});

test("the people of a new message are chosen by keyboard: what Enter takes is highlighted, and typing on loses nothing", async ({
  enter,
}) => {
  const { organization, ada, room } = await makeTeam();
  await makePeople(organization, [{ name: "Cy Young" }, { name: "Cyrus Vance" }, { name: "Dee Fox" }]);
  const a = await enter(ada, { at: roomPath(room) });
  await a.keyboard.press("Control+Shift+K");
  const field = findPeople(a);
  await expect(field).toBeFocused();
  const expectHighlighted = async (name: string) =>
    expect(field).toHaveAttribute("aria-activedescendant", (await option(a, name).getAttribute("id")) ?? "");
  await expect(option(a, "Dee Fox")).toBeVisible();
  await a.keyboard.type("cy");
  await expect(option(a, "Dee Fox")).toHaveCount(0);
  await expectHighlighted("Cy Young");
  await expect(option(a, "Cy Young").locator("b")).toHaveText("Cy");
  await a.keyboard.press("ArrowDown");
  await expectHighlighted("Cyrus Vance");
  await expectAccessible(a);
  await a.keyboard.press("ArrowUp");
  await expectHighlighted("Cy Young");
  await a.keyboard.press("ArrowDown");
  await a.keyboard.press("Enter");
  await expect(chip(a, "Cyrus Vance")).toBeVisible();
  await expect(field).toHaveValue("");

  // Escape empties the field, and then does nothing.
  await a.keyboard.type("dee");
  await a.keyboard.press("Escape");
  await expect(field).toHaveValue("");
  await a.keyboard.press("Escape");
  await expect(chip(a, "Cyrus Vance")).toBeVisible();

  // Faster than the server answers.
  await a.keyboard.type("larsen");
  await a.keyboard.press("Enter");
  await a.keyboard.type("fox");
  await a.keyboard.press("Enter");
  for (const name of ["Bo Larsen", "Dee Fox"]) await expect(chip(a, name)).toBeVisible();
  await expect(field).toHaveValue("");
  // The list is no stop of the Tab key.
  await a.keyboard.press("Tab");
  await expect(a.getByRole("textbox", { name: "Message Cyrus, Bo and Dee" })).toBeFocused();
});

test("what is typed while the person of an earlier Enter is being found stays", async ({ enter }) => {
  const { ada, room } = await makeTeam();
  const a = await enter(ada, { at: "about:blank" });
  const line = await onLine(a, roomPath(room), { up: /"person\.list"/ });
  await a.keyboard.press("Control+Shift+K");
  const field = findPeople(a);
  await expect(field).toBeFocused();
  await expect(option(a, "Bo Larsen")).toBeVisible();
  line.hold();
  await a.keyboard.type("larsen");
  await a.keyboard.press("Enter");
  await expect(field).toHaveValue("");
  await a.keyboard.type("fo");
  line.goOn();
  await expect(chip(a, "Bo Larsen")).toBeVisible();
  await expect(field).toHaveValue("fo");
});

test("a guest is offered those whom they can write to", async ({ enter }) => {
  const { organization, ada, bo, room } = await makeTeam();
  const [gil, cy] = await makePeople(organization, [{ name: "Gil Guest", role: "guest" }, { name: "Cy Young" }]);
  if (!gil || !cy) throw new Error("They were not made.");
  await joinAs("member", room, gil);
  // Cy shares only a conversation with the guest.
  const program = await programOf(cy);
  data(await program.rest("direct.open", { personIds: [gil.id] }));
  const page = await enter(gil, { at: roomPath(room) });
  await page.keyboard.press("Control+Shift+K");
  await expect(findPeople(page)).toBeFocused();
  for (const { name } of [ada, bo]) await expect(option(page, name)).toBeVisible();
  await expect(option(page, "Cy Young")).toHaveCount(0);
  await page.keyboard.type("young");
  await expect(page.getByText("No one you can write to has “young” in their name or handle.")).toBeVisible();
});

test("on a phone, a new message is a page of its own", async ({ enter }) => {
  const { ada } = await makeTeam();
  const page = await enter(ada, phone);
  await roomList(page).getByRole("button", { name: "New message" }).tap();
  const main = page.getByRole("main");
  await option(page, "Bo Larsen").tap();
  await expect(main.getByRole("textbox", { name: "Message Bo Larsen" })).toBeVisible();
  // Focus would open the on-screen keyboard.
  await expect(findPeople(page)).not.toBeFocused();
  await expectAccessible(page);
  await main.getByRole("textbox", { name: "Message Bo Larsen" }).fill("From a phone.");
  await main.getByRole("button", { name: "Send" }).tap();
  await expect(message(page, "From a phone.")).toBeVisible();
});
