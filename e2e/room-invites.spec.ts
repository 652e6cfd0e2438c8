import type { Page } from "@playwright/test";
import { data } from "@/tests/harness/login";
import { joinAs, makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, roomLink, roomList, roomPath, roomTitle } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

/** Ada's private room, which Bo is not in. Both share another room. */
async function makeInviting(name = "incident-review") {
  const team = await makeTeam();
  const secret = await addRoom(team, { name, access: "private" }, team.ada);
  return { ...team, secret };
}

const card = (page: Page, name: string) => roomList(page).getByRole("article", { name: `Invite to ${name}` });
const invitesLink = (page: Page) => roomList(page).getByRole("link", { name: /^Invites/ });

test("an invite reaches both devices of the invited person at once, and accepting on one ends it on the other", async ({
  enter,
}) => {
  const { ada, bo, secret } = await makeInviting();
  const [laptop, handset] = [await enter(bo, { at: "/browse" }), await enter(bo, phone)];
  for (const page of [laptop, handset]) await expect(card(page, secret.name)).toHaveCount(0);

  const page = await enter(ada, { at: `${roomPath(secret)}?panel=members` });
  await page.getByRole("complementary").getByRole("button", { name: "Add" }).click();
  const dialog = page.getByRole("dialog", { name: "Add people to #incident-review" });
  await dialog.getByRole("radio", { name: "Invite" }).check();
  await dialog.getByRole("textbox", { name: "Note" }).fill("You had the graph open.");
  await dialog.getByRole("button", { name: "Bo Larsen" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("Invited Bo Larsen to #incident-review")).toBeVisible();

  for (const each of [laptop, handset]) await expect(card(each, secret.name)).toBeVisible();
  await expect(invitesLink(laptop)).toContainText("1");
  await expectAccessible(laptop);
  await expectAccessible(handset, ["phone"]);
  await card(laptop, secret.name).getByRole("link").click();
  const main = laptop.getByRole("main");
  await expect(main).toContainText("You had the graph open.");
  await expect(main).toContainText("Private room, 1 person");
  await expect(main).toContainText("Ada LovelaceRoom admin");
  await expectAccessible(laptop);

  await page.goto(laptop.url().replace(/\?.*/, "?panel=sent"));
  const sent = page.getByRole("complementary", { name: "Invites you sent" }).getByRole("listitem");
  await expect(sent).toContainText("Waiting");

  await card(handset, secret.name).getByRole("button", { name: "Accept" }).tap();
  await expect(roomTitle(handset, secret.name)).toBeVisible();
  await expect(composer(handset)).toBeVisible();
  await expect(roomLink(laptop, secret.name)).toBeVisible();
  await expect(card(laptop, secret.name)).toHaveCount(0);
  await expect(sent).toContainText("Accepted");
});

test.describe("an invite that ends", () => {
  // The browser logs that the address names one that has ended.
  test.use({ expectedNoise: /the server responded with a status of 410/ });

  test("is declined, or withdrawn and leaves the screen, and its address says what became of it", async ({ enter }) => {
    const { ada, bo, secret } = await makeInviting();
    const program = await programOf(ada);
    const invite = async () => data(await program.rest("roomInvite.send", { roomId: secret.id, personId: bo.id }));
    await invite();
    const page = await enter(bo, { at: "/invites" });
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { name: secret.name })).toBeVisible();
    await main.getByRole("button", { name: "Decline" }).click();
    await expect(main).toContainText("No invites waiting");
    expect(data(await program.rest("roomInvite.listSent", {})).invites).toMatchObject([{ state: "declined" }]);

    await invite();
    await expect(main.getByRole("heading", { name: secret.name })).toBeVisible();
    const hers = await enter(ada, { at: "/invites?panel=sent" });
    const sent = hers.getByRole("complementary", { name: "Invites you sent" });
    await expect(sent.getByRole("listitem")).toHaveCount(2);
    await expectAccessible(hers);
    await sent.getByRole("button", { name: "Withdraw" }).click();
    await expect(main).toContainText("No invites waiting");
    await expect(sent.getByRole("button", { name: "Withdraw" })).toHaveCount(0);
    await sent.getByRole("button", { name: "Send again" }).click();
    await expect(main.getByRole("heading", { name: secret.name })).toBeVisible();

    const [latest] = data(await program.rest("roomInvite.listSent", {})).invites;
    await page.goto(`${page.url()}?invite=${latest?.id}`);
    await expect(main.getByRole("heading", { name: secret.name })).toBeVisible();
    await sent.getByRole("button", { name: "Withdraw" }).click();
    await expect(main.getByRole("heading", { name: "This invite is no longer open" })).toBeVisible();
    await expect(main).toContainText("This invite was withdrawn.");
    await expect(main.getByRole("button", { name: "Accept" })).toHaveCount(0);
  });
});

test("several invites on a phone: the newest is a card, and the others are on the page of invites", async ({
  enter,
}) => {
  const team = await makeInviting("first");
  const { ada, bo, secret } = team;
  const second = await addRoom(team, { name: "second", access: "private" }, ada);
  const program = await programOf(ada);
  for (const { id } of [secret, second]) data(await program.rest("roomInvite.send", { roomId: id, personId: bo.id }));
  const page = await enter(bo, phone);
  await expect(card(page, "second")).toBeVisible();
  const main = page.getByRole("main");
  // When the room's members arrive, what is below them moves, and a tap would miss it.
  const areMembersShown = () => expect(main.getByRole("heading", { name: /^Who’s in it/ })).toBeVisible();
  await roomList(page).getByRole("link", { name: "1 more invite" }).tap();
  await expect(main).toContainText("Also waiting");
  await areMembersShown();
  await main.getByRole("link", { name: /^first/ }).tap();
  await expect(main.getByRole("heading", { name: "first" })).toBeVisible();
  await areMembersShown();
  await main.getByRole("button", { name: "Accept" }).tap();
  await expect(roomTitle(page, "first")).toBeVisible();
});

test("a ban closes the person's open room at once, and they can't get back until it is lifted", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const cleo = await makePerson(team.organization, { name: "Cleo Prey" });
  await joinAs("member", room, cleo);
  const [his, hers] = [
    await enter(bo, { at: roomPath(room) }),
    await enter(ada, { at: `${roomPath(room)}?panel=members` }),
  ];
  await expect(composer(his)).toBeVisible();
  await expect(roomLink(his, room.name)).toBeVisible();

  const panel = hers.getByRole("complementary");
  await panel.getByRole("listitem").filter({ hasText: "Bo Larsen" }).hover();
  await panel.getByRole("button", { name: "Actions for Bo Larsen" }).click();
  await hers.getByRole("menuitem", { name: "Ban from room" }).click();
  const question = hers.getByRole("alertdialog", { name: `Ban Bo Larsen from #${room.name}?` });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(hers);
  await question.getByRole("button", { name: "Ban" }).click();

  await expect(his.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
  await expect(composer(his)).toHaveCount(0);
  await expect(roomLink(his, room.name)).toHaveCount(0);
  const banned = panel.getByRole("region", { name: "Banned people" });
  await expect(banned).toContainText("Bo Larsen");
  const refusal = await (await programOf(bo)).rest("membership.join", { roomId: room.id });
  expect(refusal).toMatchObject({ ok: false, error: { code: "not_found" } });
  await expectAccessible(hers);

  await banned.getByRole("button", { name: "Unban Bo Larsen" }).click();
  await expect(banned).toHaveCount(0);
  data(await (await programOf(bo)).rest("membership.join", { roomId: room.id }));
  await expect(composer(his)).toBeVisible();
});
