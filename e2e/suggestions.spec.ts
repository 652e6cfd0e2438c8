// While a word is typed that begins with @, # or :, the composer offers people and groups, rooms, and emoji.
import type { Locator, Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { nameFields } from "@/lib/domain/page-by-name";
import { db } from "@/lib/server/db";
import { joinAs, makeGroup, makePeople, type TestPerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, message, roomPath } from "./screen";
import { addRoom, makeTeam, type Team } from "./team";

const list = (page: Page, name = "People and groups"): Locator => page.getByRole("listbox", { name, exact: true });
const options = (page: Page): Locator => page.getByRole("listbox").getByRole("option");
const selected = (page: Page): Locator => page.getByRole("listbox").getByRole("option", { selected: true });

/** Focuses the composer, and waits until the code of the lists has come. */
async function begin(page: Page): Promise<void> {
  await composer(page).focus();
  await expect(composer(page)).toHaveAttribute("aria-autocomplete", "list");
}

/** Adds people with these names to a team's organization. Their handles are their first names. */
async function addPeople({ organization }: Pick<Team, "organization">, ...names: string[]): Promise<TestPerson[]> {
  const people = await makePeople(
    organization,
    names.map((name) => ({ name })),
  );
  for (const { id, name } of people) {
    await db().person.update({ where: { id }, data: { handle: name.split(" ")[0]?.toLowerCase() ?? "" } });
  }
  return people;
}

/** A team of Ada and Bo, with Adela and Farid in the room and Kaya outside of it. */
async function makeLargerTeam() {
  const team = await makeTeam();
  await db().person.update({ where: { id: team.bo.id }, data: { handle: "bo" } });
  const [adela, farid, kaya] = (await addPeople(team, "Adela Laurent", "Farid Haddad", "Kaya Adler")) as [
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  await joinAs("member", team.room, adela, farid);
  return { ...team, adela, farid, kaya };
}

test("an @ offers people of the room, then others, and the list is worked by keyboard", async ({ enter }) => {
  const team = await makeLargerTeam();
  const groupId = await makeGroup(team.organization, [team.bo]);
  await db().group.update({ where: { id: groupId }, data: { name: "Oncall", handle: "oncall" } });
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await begin(page);

  await test.step("who is in the room comes first", async () => {
    await page.keyboard.type("Thanks @ad");
    await expect(list(page).getByRole("group")).toHaveCount(2);
    await expect(list(page).getByRole("group", { name: "In this room" }).getByRole("option")).toHaveText([
      /Adela Laurent/,
      /Farid Haddad/,
    ]);
    await expect(list(page).getByRole("group", { name: "Not in #lighthouse" }).getByRole("option")).toHaveText([
      /Kaya Adler/,
    ]);
    await expect(selected(page)).toContainText("Adela Laurent");
    await expect(composer(page)).toHaveAttribute(
      "aria-activedescendant",
      (await selected(page).getAttribute("id")) ?? "",
    );
    await expectAccessible(page, ["wide"]);
  });

  await test.step("arrows select, Enter inserts and does not send", async () => {
    await page.keyboard.press("ArrowDown");
    await expect(selected(page)).toContainText("Farid Haddad");
    await page.keyboard.press("Enter");
    await expect(composer(page)).toHaveValue("Thanks @farid ");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await expect(composer(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(message(page, "Thanks @farid")).toBeVisible();
  });

  await test.step("a typing error, missing letters and a handle find somebody, too", async () => {
    for (const [typed, name] of [
      ["@adlea", "Adela Laurent"],
      ["@lrnt", "Adela Laurent"],
      ["@farid", "Farid Haddad"],
    ] as const) {
      await page.keyboard.type(typed);
      await expect(selected(page)).toContainText(name);
      await page.keyboard.press("Escape");
      await composer(page).fill("");
    }
  });

  await test.step("groups and everyone are offered", async () => {
    await page.keyboard.type("@onc");
    await expect(options(page)).toHaveText([/Oncall@oncall1 person/]);
    await page.keyboard.press("Tab");
    await expect(composer(page)).toHaveValue("@oncall ");
    await page.keyboard.type("@room");
    await expect(selected(page)).toContainText("everyone here");
    await page.keyboard.press("Tab");
    await expect(composer(page)).toHaveValue("@oncall @room ");
    await composer(page).fill("");
  });

  await test.step("Escape leaves the text alone, until the next sign", async () => {
    await page.keyboard.type("@ad");
    await expect(selected(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await page.keyboard.type("el");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(message(page, "@adel")).toBeVisible();
    await page.keyboard.type("@");
    await expect(selected(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await composer(page).fill("");
  });

  await test.step("a sign inside a word is text", async () => {
    await page.keyboard.type("write to me@ad");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await page.keyboard.type(" @ad");
    await expect(selected(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await composer(page).fill("");
  });

  await test.step("undo takes back what was inserted", async () => {
    await page.keyboard.type("@kay");
    await page.keyboard.press("Tab");
    await expect(composer(page)).toHaveValue("@kaya ");
    await page.keyboard.press("Control+z");
    await expect(composer(page)).toHaveValue("@kay");
  });
});

test("a # offers rooms, a colon and two letters emoji, and so does the editor of a message", async ({ enter }) => {
  const team = await makeLargerTeam();
  const { ada, bo, room } = team;
  await addRoom(team, { name: "Release notes" }, ada, bo);
  await addRoom(team, { name: "release-party" }, bo);
  const page = await enter(ada, { at: roomPath(room) });
  await begin(page);
  await page.keyboard.type("Moved to #rel");
  const rooms = list(page, "Rooms");
  await expect(rooms.getByRole("group", { name: "Your rooms" }).getByRole("option")).toHaveText([/Release notes/]);
  await expect(rooms.getByRole("group", { name: "Rooms you can join" }).getByRole("option")).toHaveText([
    /release-party/,
  ]);
  await expect(selected(page)).toContainText("Release notes");
  await page.keyboard.press("Tab");
  await expect(composer(page)).toHaveValue("Moved to #Release notes ");

  await page.keyboard.type(":t");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await page.keyboard.type("ada");
  await expect(list(page, "Emoji").getByRole("option").first()).toContainText("party popper");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("Moved to #Release notes 🎉");
  await page.keyboard.press("Enter");
  await expect(message(page, "Moved to #Release notes 🎉")).not.toContainText("waiting");

  await page.keyboard.press("ArrowUp");
  const editor = page.getByRole("textbox", { name: "Edit message" });
  await expect(editor).toHaveAttribute("aria-autocomplete", "list");
  await editor.press("End");
  await page.keyboard.type(" @far");
  await expect(selected(page)).toContainText("Farid Haddad");
  await page.keyboard.press("Escape");
  await expect(editor, "Escape closes the list, not the editor").toBeVisible();
  await page.keyboard.type(" @far");
  await page.keyboard.press("Enter");
  await expect(editor).toHaveValue("Moved to #Release notes 🎉 @far @farid ");
  await page.keyboard.press("Enter");
  await expect(message(page, "@farid")).toContainText("(edited)");
});

test("the mouse chooses, and buttons begin a mention and insert an emoji", async ({ enter }) => {
  const team = await makeLargerTeam();
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await begin(page);
  await page.keyboard.type("Ask");
  await page.getByRole("button", { name: "Mention", exact: true }).click();
  await expect(composer(page)).toHaveValue("Ask @");
  await expect(composer(page)).toBeFocused();
  await options(page).filter({ hasText: "Farid Haddad" }).hover();
  await expect(selected(page)).toContainText("Farid Haddad");
  await options(page).filter({ hasText: "Farid Haddad" }).click();
  await expect(composer(page)).toHaveValue("Ask @farid ");
  await expect(composer(page)).toBeFocused();

  await page.getByRole("button", { name: "Room", exact: true }).click();
  await expect(selected(page)).toContainText("lighthouse");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Backspace");

  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Emoji" });
  await panel.getByRole("combobox", { name: "Find an emoji" }).fill("rocket");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("Ask @farid 🚀");
  await expect(composer(page)).toBeFocused();

  // A click elsewhere closes the list.
  await page.keyboard.type(" @");
  await expect(selected(page)).toBeVisible();
  await page.getByRole("heading", { level: 1, name: "lighthouse" }).click();
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("an input method composes in peace, and what it has written is offered", async ({ enter }) => {
  const team = await makeLargerTeam();
  const [siyuan] = await makePeople(team.organization, [{ name: "陈思远" }]);
  if (siyuan) await joinAs("member", team.room, siyuan);
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await begin(page);
  const keyboard = await page.context().newCDPSession(page);
  await page.keyboard.type("请@");
  await expect(selected(page)).toBeVisible();
  for (const text of ["c", "ch", "chen"]) {
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await expect(composer(page)).toHaveValue(`请@${text}`);
    await expect(page.getByRole("listbox")).toHaveCount(0);
  }
  await keyboard.send("Input.insertText", { text: "陈" });
  await expect(composer(page)).toHaveValue("请@陈");
  await expect(selected(page)).toContainText("陈思远");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue(/^请@\S+ $/);
});

test("on a phone a tap chooses, and the keyboard stays up", async ({ enter }) => {
  const team = await makeLargerTeam();
  const page = await enter(team.ada, { at: roomPath(team.room), ...phone });
  await composer(page).tap();
  await expect(composer(page)).toHaveAttribute("aria-autocomplete", "list");
  await page.keyboard.type("with @fa");
  const option = options(page).filter({ hasText: "Farid Haddad" });
  const [box, field] = [await option.boundingBox(), await composer(page).boundingBox()];
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect((box?.y ?? 0) + (box?.height ?? 0), "above the field").toBeLessThanOrEqual(field?.y ?? 0);
  await expectAccessible(page, ["phone"]);
  await option.tap();
  await expect(composer(page)).toHaveValue("with @farid ");
  await expect(composer(page)).toBeFocused();
});

test("with 5,000 people a key is answered within a frame", async ({ enter }) => {
  const team = await makeTeam();
  const { id: organizationId } = team.organization;
  const names = Array.from(
    { length: 5_000 },
    (_, at) => `${["Mara", "Élodie", "Óscar"][at % 3]} ${at.toString(36)}son`,
  );
  await db().person.createMany({
    data: names.map((name, at) => ({
      id: uuidv7(),
      organizationId,
      handle: `m${at.toString(36)}`,
      ...nameFields(name),
    })),
  });
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await begin(page);
  await page.keyboard.type("@");
  // The names of the last pages have come, too.
  await expect
    .poll(async () => {
      await composer(page).fill("");
      await page.keyboard.type("@oscar3unson");
      return options(page).allTextContents();
    })
    .toEqual([expect.stringContaining("3unson")]);
  const times: number[] = [];
  for (const [typed, key] of [
    ["@", "m"],
    ["@elo", "d"],
    ["@oscr", "a"],
    ["@mara", "x"],
  ] as const) {
    await composer(page).fill("");
    await page.keyboard.type(typed);
    const taken = await page.evaluateHandle(() => {
      const field = document.activeElement as HTMLTextAreaElement;
      const answer = new Promise<number>((resolve) => {
        field.addEventListener(
          "input",
          () => {
            const begun = performance.now();
            // The next task runs after React has answered the event.
            const channel = new MessageChannel();
            channel.port1.addEventListener("message", () =>
              requestAnimationFrame(() => resolve(performance.now() - begun)),
            );
            channel.port1.start();
            channel.port2.postMessage(null);
          },
          { once: true, capture: true },
        );
      });
      return { answer };
    });
    await page.keyboard.type(key);
    times.push(await taken.evaluate(({ answer }) => answer));
  }
  console.log(
    `With 5,000 people, keys were answered in ${times.map(Math.round).join(", ")} ms, with the wait for the next frame.`,
  );
  expect(Math.min(...times)).toBeLessThan(50);
});

test("a text of 16,000 signs delays no key", async ({ enter }) => {
  const team = await makeLargerTeam();
  const page = await enter(team.ada, { at: roomPath(team.room) });
  await begin(page);
  for (const part of ["@ad ", "@", ":ta #re ", "@ada`"]) {
    await composer(page).fill(part.repeat(16_000).slice(0, 15_900));
    const longest = page.evaluate(async () => {
      let [last, most] = [performance.now(), 0];
      for (let frame = 0; frame < 60; frame++) {
        await new Promise(requestAnimationFrame);
        most = Math.max(most, performance.now() - last);
        last = performance.now();
      }
      return most;
    });
    await page.keyboard.type(" @fari");
    await expect(selected(page)).toContainText("Farid Haddad");
    await page.keyboard.press("Escape");
    // The wait for the browser's own layout of the text is part of it.
    expect(await longest, `milliseconds with “${part}”`).toBeLessThan(500);
  }
});

test("the composer says how many will read a message, and who of those mentioned will not", async ({ enter }) => {
  const team = await makeLargerTeam();
  const { ada, bo, adela, room } = team;
  await db().person.update({ where: { id: adela.id }, data: { role: "guest" } });
  const page = await enter(ada, { at: roomPath(room) });
  await begin(page);
  const form = page.getByRole("form", { name: "Write to #lighthouse" });
  await expect(form).toContainText("4 people, 1 guest");
  const note = form.getByRole("status").filter({ hasText: "won't see this" });

  await page.keyboard.type("@farid and `@kaya` and @kay");
  await expect(note).toHaveCount(0);
  await page.keyboard.type("a");
  await expect(note).toContainText("Kaya Adler isn't in #lighthouse and won't see this.");
  await page.keyboard.press("Escape");
  await expectAccessible(page, ["wide", "phone"]);
  await note.getByRole("button", { name: "Hide" }).click();
  await expect(note).toHaveCount(0);
  await expect(composer(page)).toBeFocused();

  await page.reload();
  await begin(page);
  await note.getByRole("button", { name: "Add to room" }).click();
  await expect(note).toHaveCount(0);
  await expect(form).toContainText("5 people, 1 guest");

  // Who may not add people is told, and is offered nothing.
  await db().room.update({ where: { id: room.id }, data: { membersAddPeople: false } });
  await addPeople(team, "Lena Fischer");
  const b = await enter(bo, { at: roomPath(room) });
  await begin(b);
  await b.keyboard.type("Hello @lena ");
  const told = b.getByRole("status").filter({ hasText: "Lena Fischer isn't in #lighthouse" });
  await expect(told).toBeVisible();
  await expect(told.getByRole("button")).toHaveText([""]);
});

test("guests are offered only people they share a room with, and hostile names stay text", async ({ enter }) => {
  const team = await makeLargerTeam();
  const { adela, room } = team;
  await db().person.update({ where: { id: adela.id }, data: { role: "guest" } });
  const hostile = `Mal <img src=x onerror="window.hacked()">`;
  const [mallory] = await makePeople(team.organization, [{ name: hostile }]);
  if (mallory) await joinAs("member", room, mallory);
  const page = await enter(adela, { at: roomPath(room) });
  const called: string[] = [];
  await page.exposeFunction("hacked", () => void called.push("hacked() was called"));
  await begin(page);
  await page.keyboard.type("@mal");
  await expect(selected(page)).toContainText(hostile);
  await page.keyboard.press("Escape");
  await composer(page).fill("");
  await page.keyboard.type("@far");
  await expect(selected(page)).toContainText("Farid Haddad");
  await page.keyboard.press("Escape");
  await composer(page).fill("");
  await page.keyboard.type("@kaya");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await composer(page).fill("");
  // Guests can't mention everyone.
  await page.keyboard.type("@everyone");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  expect(called).toEqual([]);
});
