// Mentions: how they are sent, shown and counted.
import type { Locator, Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { joinAs, makeGroup, makePeople, makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, log, message, roomLink, roomPath, say, settled } from "./screen";
import { addRoom, makeTeam, programOf, sayAs, type Team } from "./team";

const setHandle = ({ id }: { id: string }, handle: string) => db().person.update({ where: { id }, data: { handle } });
const notes = (page: Page): Locator => page.getByRole("list", { name: "Problems with your mentions" });

/** Ada and Bo, with handles, in a room and in another one. */
async function setting(): Promise<Team & { other: Awaited<ReturnType<typeof addRoom>> }> {
  const team = await makeTeam();
  await setHandle(team.ada, "ada");
  await setHandle(team.bo, "bo");
  return { ...team, other: await addRoom(team, { name: "observatory" }, team.ada, team.bo) };
}

test("a mention is counted in the sidebar, also of a muted room, stands out, and has today's name", async ({
  enter,
}) => {
  const { ada, bo, room, other } = await setting();
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(other) })]);
  await say(a, "Morning @bo, and `@bo`");
  await expect(roomLink(b, "lighthouse")).toContainText("1 mention of you");
  data(await (await programOf(bo)).rest("membership.setMuted", { roomId: room.id, isMuted: true }));
  await expect(roomLink(b, "lighthouse").getByLabel("Muted")).toBeVisible();
  await say(a, "@bo again, and @here.");
  await expect(roomLink(b, "lighthouse")).toContainText("2 mentions of you");
  await expectAccessible(b);

  await roomLink(b, "lighthouse").click();
  const row = message(b, "Morning");
  await expect(row).toContainText("Morning @Bo Larsen, and @bo");
  await row.getByRole("button", { name: "@Bo Larsen" }).click();
  await expect(b.getByRole("dialog", { name: "Bo Larsen", exact: true })).toBeVisible();
  await b.keyboard.press("Escape");
  await expect(roomLink(b, "lighthouse")).not.toContainText("of you");
  await expectAccessible(b);

  await db().person.update({ where: { id: bo.id }, data: { name: "Bo Lind" } });
  data(await (await programOf(bo)).rest("person.update", { handle: "bo.lind" }));
  await expect(message(a, "Morning")).toContainText("Morning @Bo Lind");
  // An edit opens with the handle of today, and keeps what it means.
  await composer(a).press("ArrowUp");
  const editor = a.getByRole("textbox", { name: "Edit message" });
  await expect(editor).toHaveValue("@bo.lind again, and @here.");
  await editor.fill("@bo.lind once more");
  await editor.press("Enter");
  await expect(message(b, "once more")).toContainText("@Bo Lind once more");
});

test("who mentions somebody outside is told that they cannot see it, and adds them", async ({ enter }) => {
  const team = await setting();
  const { organization, ada, room } = team;
  const eve = await makePerson(organization, { name: "Eve Holm" });
  await setHandle(eve, "eve");
  const a = await enter(ada, { at: roomPath(room) });
  await say(a, "Ask @eve.");
  await expect(notes(a)).toContainText("Eve Holm isn't in #lighthouse");
  await expectAccessible(a);
  await notes(a).getByRole("button", { name: "Add to room" }).press("Enter");
  await expect(notes(a)).toHaveCount(0);
  await expect(composer(a)).toBeFocused();
  await expect(log(a)).toContainText("added Eve Holm");

  const kim = await makePerson(organization, { name: "Kim Vale" });
  await setHandle(kim, "kim");
  await say(a, "Or @kim.");
  await notes(a).getByRole("button", { name: "Dismiss" }).click();
  await expect(notes(a)).toHaveCount(0);
});

test("many people are mentioned only after a question, and by who may", async ({ enter }) => {
  const { organization, ada, bo, room } = await setting();
  await joinAs(
    "member",
    room,
    ...(await makePeople(
      organization,
      Array.from({ length: 25 }, () => ({})),
    )),
  );
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await composer(a).fill("Lunch, @room!");
  await composer(a).press("Enter");
  const question = a.getByRole("alertdialog", { name: "Mention everyone in #lighthouse?" });
  await expect(question).toContainText("This mentions 26 people.");
  await expectAccessible(a);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(composer(a)).toHaveValue("Lunch, @room!");
  await composer(a).press("Enter");
  await question.getByRole("button", { name: "Send message" }).press("Enter");
  await expect(message(b, "Lunch, @room!")).toBeVisible();
  await expect(composer(a)).toHaveValue("");
  await say(a, "This is code: `@room`");
  await expect(message(b, "This is code")).toBeVisible();
  await expect(message(a, "This is code"), "only then can it be edited").not.toContainText("waiting");

  await test.step("an edit that adds everyone asks, too, and one that keeps them does not", async () => {
    const editor = a.getByRole("textbox", { name: "Edit message" });
    await composer(a).press("ArrowUp");
    await editor.fill("@here, this is for you.");
    await editor.press("Enter");
    const active = a.getByRole("alertdialog", { name: "Mention everyone who is active in #lighthouse?" });
    await expect(active).toContainText("This mentions up to 26 people.");
    await active.getByRole("button", { name: "Cancel" }).click();
    await expect(editor).toBeFocused();
    await editor.press("Enter");
    await active.getByRole("button", { name: "Save changes" }).press("Enter");
    await expect(message(b, "@here, this is for you.")).toBeVisible();
    await expect(editor).toHaveCount(0);
    await expect(composer(a)).toBeFocused();
    await composer(a).press("ArrowUp");
    await editor.fill("@here, this is for all of you.");
    await editor.press("Enter");
    await expect(message(b, "@here, this is for all of you.")).toBeVisible();
  });

  await test.step("a large group is asked for, too", async () => {
    const groupId = await makeGroup(
      organization,
      await makePeople(
        organization,
        Array.from({ length: 21 }, () => ({})),
      ),
    );
    await db().group.update({ where: { id: groupId }, data: { name: "Keepers", handle: "keepers" } });
    await a.reload();
    await settled(a);
    await composer(a).pressSequentially("Thanks @keepers");
    await expect(a.getByRole("option", { name: "Keepers" })).toBeVisible();
    await composer(a).press("Escape");
    await composer(a).press("Enter");
    const large = a.getByRole("alertdialog", { name: "Mention Keepers in #lighthouse?" });
    await expect(large).toContainText("This mentions up to 21 people.");
    await large.getByRole("button", { name: "Send message" }).press("Enter");
    await expect(message(b, "Thanks")).toBeVisible();
    await expect(composer(a)).toHaveValue("");
  });

  await joinAs(
    "member",
    room,
    ...(await makePeople(
      organization,
      Array.from({ length: 25 }, () => ({})),
    )),
  );
  await b.reload();
  await settled(b);
  await say(b, "Me too, @everyone.");
  await expect(notes(b)).toContainText("@everyone notified no one. Only moderators and admins");
  await expect(message(a, "Me too")).toContainText("Me too, @everyone.");
});

test("on a phone, a mention is counted in the list, shown in the room, and opens a card", async ({ enter }) => {
  const { organization, ada, bo, room } = await setting();
  const groupId = await makeGroup(organization, [bo]);
  await db().group.update({ where: { id: groupId }, data: { name: "Keepers", handle: "keepers" } });
  const b = await enter(bo, phone);
  await sayAs(ada, { room }, ["Hello @keepers and @bo"]);
  await expect(roomLink(b, "lighthouse")).toContainText("1 mention of you");
  await expect(roomLink(b, "lighthouse")).toContainText("Ada: Hello @keepers and @Bo Larsen");
  await roomLink(b, "lighthouse").tap();
  await expect(message(b, "Hello")).toContainText("Hello @Keepers and @Bo Larsen");
  await expectAccessible(b);
  await message(b, "Hello").getByRole("button", { name: "@Bo Larsen" }).tap();
  await expect(b.getByRole("dialog", { name: "Bo Larsen", exact: true })).toBeVisible();
});

test("copied text names those whom it mentions as they are shown", async ({ enter }) => {
  const { organization, ada, bo, room } = await setting();
  const groupId = await makeGroup(organization, [bo]);
  await db().group.update({ where: { id: groupId }, data: { name: "Keepers", handle: "keepers" } });
  await sayAs(ada, { room }, ["Hello **@keepers** and @bo", "Then @here"]);
  const a = await enter(ada, { at: roomPath(room), permissions: ["clipboard-read", "clipboard-write"] });
  const clipboard = () => a.evaluate(() => navigator.clipboard.readText());

  await message(a, "Hello").hover();
  await message(a, "Hello").getByRole("button", { name: "More" }).click();
  await a.getByRole("menuitem", { name: "Copy text" }).click();
  await expect(a.getByText("Copied", { exact: true })).toBeVisible();
  expect(await clipboard()).toBe("Hello **@Keepers** and @Bo Larsen");

  await message(a, "Then").getByText("Then @here").click();
  await a.keyboard.press("Control+a");
  await a.keyboard.press("Control+c");
  await expect.poll(clipboard).toContain("Hello @Keepers and @Bo Larsen\nThen @here");
});

test("hostile names and handles stay text", async ({ enter }) => {
  const { ada, bo, room } = await setting();
  await db().person.update({ where: { id: bo.id }, data: { name: `<img src=x onerror="window.hacked=1">` } });
  await sayAs(ada, { room }, ["First @bo", "Second @<img/src=x/onerror=window.hacked=1> @bo"]);
  const a = await enter(ada, { at: roomPath(room) });
  await expect(message(a, "First")).toContainText(`First @<img src=x onerror="window.hacked=1">`);
  await expect(message(a, "Second")).toContainText("Second @<img/src=x/onerror=window.hacked=1>");
  expect(await a.evaluate(() => "hacked" in window)).toBe(false);
});
