import type { Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { data } from "@/tests/harness/login";
import { makePerson, type TestPerson } from "@/tests/harness/people";
import { fillRoom } from "@/tests/harness/rooms";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, log, message, roomPath } from "./screen";
import { addRoom, makeTeam, programOf, sayAs, type Team } from "./team";
import { hold } from "./touch";

const replyBar = (page: Page) => page.getByRole("group", { name: "Reply", exact: true });

/** Sends a message, perhaps as a reply, and returns its id. */
async function sendAs(person: TestPerson, { room }: Pick<Team, "room">, body: string, replyToId?: string) {
  const program = await programOf(person);
  return data(await program.rest("message.send", { roomId: room.id, body, ...(replyToId && { replyToId }) })).id;
}

test("a reply from the keyboard shows what it quotes, leads to it, and survives its deletion", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const quotedId = await sendAs(bo, team, "When is **lunch**?");
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(room) }), enter(bo, { at: roomPath(room) })]);
  await expect(message(a, "When is lunch?")).toBeVisible();
  await sayAs(bo, team, ["Anyone?"]);
  await composer(a).press("Shift+F6");
  await message(a, "Anyone?").press("ArrowUp");
  await expect(message(a, "When is lunch?")).toBeFocused();
  await a.keyboard.press("r");
  await expect(composer(a)).toBeFocused();
  await expect(replyBar(a)).toContainText("Bo Larsen");
  await expect(replyBar(a)).toContainText("When is lunch?");
  await expectAccessible(a);

  // It is kept with the text, and Escape takes it off.
  await composer(a).fill("At noon");
  await a.reload();
  await expect(composer(a)).toHaveValue("At noon");
  await expect(replyBar(a)).toContainText("When is lunch?");
  await composer(a).press("Escape");
  await expect(replyBar(a)).toHaveCount(0);
  await expect(composer(a)).toHaveValue("At noon");

  await message(a, "When is lunch?").hover();
  await message(a, "When is lunch?").getByRole("button", { name: "Reply", exact: true }).click();
  await expect(composer(a)).toBeFocused();
  await expect(replyBar(a)).toContainText("When is lunch?");
  await composer(a).press("Enter");
  await expect(replyBar(a)).toHaveCount(0);
  for (const page of [a, b]) {
    const quote = message(page, "At noon").getByRole("button", { name: /In reply to/ });
    await expect(quote).toContainText("Bo Larsen");
    await expect(quote).toContainText("When is lunch?");
    await quote.click();
    await expect(log(page).locator(`[data-row="${quotedId}"]`)).toBeFocused();
  }
  await expectAccessible(b);

  data(await (await programOf(bo)).rest("message.delete", { messageId: quotedId }));
  for (const page of [a, b]) await expect(message(page, "At noon")).toContainText("A deleted message");
});

test("a quote far back is fetched and jumped to; one below the floor says so", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room, organization } = team;
  const quotedId = await sendAs(bo, team, "Long ago");
  await fillRoom(room, bo, 300);
  const page = await enter(ada, { at: roomPath(room) });
  await sendAs(bo, team, "As I said", quotedId);
  const quote = message(page, "As I said").getByRole("button", { name: /In reply to/ });
  await expect(quote).toContainText("Long ago");
  await quote.click();
  await expect(log(page).locator(`[data-row="${quotedId}"]`)).toBeFocused();

  await db().room.update({ where: { id: room.id }, data: { history: "fromJoining" } });
  const late = await makePerson(organization, { name: "Cleo" });
  data(await (await programOf(late)).rest("membership.join", { roomId: room.id }));
  await sendAs(bo, team, "Once more", quotedId);
  const c = await enter(late, { at: roomPath(room) });
  await expect(message(c, "Once more")).toContainText("You can't see this earlier message");
  await expect(c.getByText("Long ago")).toHaveCount(0);
  await expectAccessible(c);
});

test("messages that a message links to stand under it, for those who may see them", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room, organization } = team;
  const vault = await addRoom(team, { name: "vault", access: "private" }, ada);
  const open = await sendAs(bo, team, "For everybody");
  const secret = await sendAs(ada, { room: vault }, "For few");
  const a = await enter(ada, { at: roomPath(room) });
  const link = (id: string) => new URL(pathsOf(organization.handle).message(id), a.url()).href;
  await sendAs(ada, team, `Look: ${link(open)} and ${link(secret)}`);
  const linked = (page: Page) => message(page, "Look:").getByRole("button", { name: /^Linked message/ });
  await expect(linked(a)).toHaveCount(2);
  await expect(linked(a).last()).toContainText("For few");
  await expect(linked(a).last()).toContainText("#vault");
  await expectAccessible(a);
  const b = await enter(bo, { at: roomPath(room) });
  await expect(linked(b)).toHaveCount(1);
  await expect(linked(b)).toContainText("For everybody");
  await expect(b.getByText("For few")).toHaveCount(0);
  await linked(a).last().click();
  await expect(message(a, "For few")).toBeFocused();
});

test("on a phone: a reply begins with a long press and ends with a tap", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  await sayAs(bo, team, ["Shall we?"]);
  const page = await enter(ada, { at: roomPath(room), ...phone });
  const sheet = page.getByRole("dialog", { name: "Message actions" });
  const begin = async () => {
    await hold(page, message(page, "Shall we?").first(), sheet);
    await sheet.getByRole("button", { name: "Reply", exact: true }).tap();
    await expect(replyBar(page)).toContainText("Shall we?");
  };
  await begin();
  await expectAccessible(page);
  await replyBar(page).getByRole("button", { name: "Don't reply" }).tap();
  await expect(replyBar(page)).toHaveCount(0);
  await begin();
  await composer(page).fill("Yes");
  await page.getByRole("button", { name: "Send" }).tap();
  await expect(message(page, "Yes").getByRole("button", { name: /In reply to/ })).toContainText("Shall we?");
  await expectAccessible(page);
});
