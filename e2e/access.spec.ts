import type { Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { db } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import { data } from "@/tests/harness/login";
import { makeGroup, makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expectRoomForNames } from "./columns";
import { expect, phone, test } from "./fixtures";
import { hearsBo, onLine } from "./line";
import { composer, log, message, roomLink, roomList, roomPath } from "./screen";
import { addRoom, archive, makeAlone, makeTeam, programOf, type Team } from "./team";

const offline = /net::ERR_|WebSocket connection to .* failed|the server responded with a status of 4\d\d/;

/** A team whose room has every kind of content. */
async function makeTalkingTeam(): Promise<Team> {
  const team = await makeTeam({ topic: "What the lamp did today" });
  const { ada, bo, room } = team;
  const [a, b] = await Promise.all([programOf(ada), programOf(bo)]);
  const send = async (who: typeof a, body: string) =>
    data(await who.rest("message.send", { roomId: room.id, body })).id;
  await send(a, "**Bold**, *italic*, ~~gone~~, `code`, ||a secret|| and https://example.org/a/path");
  await send(b, "> Somebody said this\n\n1. one\n2. two\n\n- [x] done\n- [ ] to do");
  await send(b, "```ts\nconst lamp = 1; // lit\n```");
  await send(a, "| Who | When |\n| --- | --: |\n| Ada | 9 |");
  await send(b, "# A heading\n\nשלום 上海 🎉");
  data(await b.rest("message.edit", { messageId: await send(b, "Mended"), body: "Mended since" }));
  data(await a.rest("message.delete", { messageId: await send(a, "Gone") }));
  data(await b.rest("message.send", { roomId: room.id, body: "[https://bank.example](https://evil.example)" }));
  return team;
}

const roomOf = async (page: Page) => expect(message(page, "A heading")).toBeVisible();

test("the pages before the chat keep to WCAG 2.2 AA", async ({ visit, enter, serve }) => {
  const fresh = await serve({ empty: true });
  const setUp = await visit({ server: fresh });
  await expect(setUp.getByRole("heading", { name: "Set up your team chat" })).toBeVisible();
  await expectAccessible(setUp);
  await setUp.getByRole("button", { name: "Continue" }).click();
  await expect(setUp.getByText("This field is required.")).toHaveCount(5);
  await expectAccessible(setUp);
  const alone = await makeAlone();
  const next = await enter(alone.ada, { at: "/setup" });
  await expect(next.getByRole("heading", { name: "Your first rooms" })).toBeVisible();
  await next.getByRole("textbox", { name: "Add a room of your own" }).fill("Admin");
  await expect(next.getByText("This name is taken. Choose another one.")).toBeVisible();
  await expectAccessible(next);
  await next.getByRole("button", { name: "Skip" }).click();
  await expect(next.getByRole("img", { name: "QR code of the invite link" })).toBeVisible();
  await next.getByRole("button", { name: "Change" }).click();
  await expectAccessible(next);

  const team = await makeTeam();
  const token = newToken();
  const organizationId = team.organization.id;
  const tokenHash = hashToken(token);
  const inviteId = uuidv7();
  await db().invite.create({ data: { id: inviteId, organizationId, tokenHash, creatorId: team.ada.id, maxUses: 1 } });
  await db().inviteRoom.create({ data: { organizationId, inviteId, roomId: team.room.id } });
  const reset = newToken();
  const forBo = { personId: team.bo.id, makerId: team.ada.id, expiresAt: new Date(Date.now() + 60_000) };
  await db().passwordReset.create({ data: { id: uuidv7(), organizationId, tokenHash: hashToken(reset), ...forBo } });
  const signIn = await visit({ at: "/sign-in" });
  await signIn.getByRole("button", { name: "Sign in" }).click();
  await expect(signIn.getByText("This field is required.")).toHaveCount(2);
  await expectAccessible(signIn);
  const pages = {
    [`/join/${token}`]: "Join Larkfield",
    [`/join/${newToken()}`]: "This invite isn't valid",
    [`/reset/${reset}`]: "Choose a new password",
    [`/reset/${newToken()}`]: "This link isn't valid",
  };
  for (const [at, name] of Object.entries(pages)) {
    await signIn.goto(at);
    await expect(signIn.getByRole("heading", { name })).toBeVisible();
    await expectAccessible(signIn);
  }
});

test("a room with messages, its menus and its dialogs keep to WCAG 2.2 AA", async ({ enter }) => {
  const { ada, room } = await makeTalkingTeam();
  const page = await enter(ada, { at: roomPath(room) });
  await roomOf(page);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Show spoiler" }).click();
  await message(page, "Mended since").hover();
  await expect(page.getByRole("toolbar", { name: "Message actions" })).toBeVisible();
  await expectAccessible(page, ["wide"]);
  await message(page, "a secret").hover();
  await message(page, "a secret").getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeVisible();
  await expectAccessible(page, ["wide"]);
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("alertdialog", { name: "Delete this message?" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await message(page, "Mended since").getByRole("button", { name: "(edited)" }).click();
  await expect(page.getByRole("dialog", { name: "Earlier versions" })).toContainText("Mended");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await composer(page).focus();
  await composer(page).press("ArrowUp");
  await expect(page.getByRole("textbox", { name: "Edit message" })).toBeVisible();
  await expectAccessible(page);
});

test("the panels of a room keep to WCAG 2.2 AA", async ({ enter }) => {
  const team = await makeTalkingTeam();
  const page = await enter(team.ada, { at: `${roomPath(team.room)}?panel=members` });
  await expect(page.getByRole("complementary").getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Details" }).click();
  const details = page.getByRole("complementary");
  await expect(details).toContainText("What the lamp did today");
  await expectAccessible(page);
  for (const name of ["Edit name", "Edit topic", "Edit description"])
    await details.getByRole("button", { name }).click();
  await details.getByRole("textbox", { name: "Name" }).fill("#");
  await details.getByRole("button", { name: "Save" }).first().click();
  await expect(details.getByText("Leave out the # or @ at the start.")).toBeVisible();
  await expectAccessible(page);
});

const dialogs: [string, (page: Page) => Promise<void>][] = [
  ["Jump to", (page) => page.keyboard.press("Control+k")],
  ["Keyboard shortcuts", (page) => page.keyboard.press("Control+/")],
  [
    "New room",
    async (page) => {
      await roomList(page).getByRole("button", { name: "Add rooms" }).click();
      await page.getByRole("menuitem", { name: "New room" }).click();
      await page.getByRole("button", { name: "Create room" }).click();
      await expect(page.getByText("Enter a name.")).toBeVisible();
    },
  ],
  [
    "Add people to #lighthouse",
    async (page) => {
      await page.getByRole("main").getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Add people" }).click();
      await page.getByRole("button", { name: /Cleo Marsh/ }).click();
    },
  ],
];
test("the dialogs of a room keep to WCAG 2.2 AA", async ({ enter }) => {
  const team = await makeTeam();
  await makePerson(team.organization, { name: "Cleo Marsh" });
  const page = await enter(team.ada, { at: roomPath(team.room) });
  for (const [name, open] of dialogs) {
    await test.step(`“${name}”`, async () => {
      await composer(page).focus();
      await open(page);
      await expect(page.getByRole("dialog", { name })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });
  }
});

test("the list of rooms, browsing, an empty room and a preview keep to WCAG 2.2 AA", async ({ enter }) => {
  const team = await makeTalkingTeam();
  const empty = await addRoom(team, { name: "observatory" }, team.bo);
  await addRoom(team, { name: "workshop" }, team.ada);
  data(await (await programOf(team.ada)).rest("message.send", { roomId: team.room.id, body: "One more" }));
  const b = await enter(team.bo, { at: roomPath(empty) });
  await expect(b.getByRole("heading", { name: "This is the start of #observatory" })).toBeVisible();
  await expect(roomLink(b, "lighthouse")).toHaveAccessibleName(/\d unread/);
  await expectAccessible(b);
  for (const name of ["Larkfield", "Theme", "Add rooms"]) {
    await roomList(b).getByRole("button", { name }).click();
    await expect(b.getByRole("menu")).toBeVisible();
    await expectAccessible(b, ["wide"]);
    await b.keyboard.press("Escape");
    await expect(b.getByRole("menu")).toHaveCount(0);
  }
  await roomList(b).getByRole("link", { name: "Browse rooms" }).click();
  await expect(b.getByRole("button", { name: "Join workshop" })).toBeVisible();
  await b.getByRole("combobox", { name: "Sort rooms" }).selectOption("Last activity first");
  await expect(b).toHaveURL(/\/browse\?sort=activity$/);
  await expect(b.getByRole("button", { name: "Join workshop" })).toBeVisible();
  await expectAccessible(b);
  await b.getByRole("main").getByRole("link", { name: "workshop" }).click();
  await expect(b.getByRole("button", { name: "Join room" })).toBeVisible();
  await expectAccessible(b);
  const list = await enter(team.bo, { at: "/", ...phone });
  await expect(roomLink(list, "lighthouse")).toBeVisible();
  await expectAccessible(list, ["phone"]);
});

test("the invite dialog of an empty organization keeps to WCAG 2.2 AA", async ({ enter }) => {
  const { ada, room } = await makeAlone();
  const page = await enter(ada, { at: roomPath(room) });
  await page.getByRole("button", { name: "Invite people" }).click();
  const panel = page.getByRole("dialog", { name: "Invite people" });
  await expect(panel.getByRole("textbox", { name: "Invite link" })).toBeVisible();
  await panel.getByRole("button", { name: "Show QR code" }).click();
  await expect(panel.getByRole("img", { name: /QR code/ })).toBeVisible();
  await expectAccessible(page, ["wide"]);
  const held = await enter(ada, { at: roomPath(room), ...phone });
  await held.getByRole("button", { name: "Invite people" }).tap();
  await expect(held.getByRole("dialog").getByRole("textbox", { name: "Invite link" })).toBeVisible();
  await expectAccessible(held, ["phone"]);
  await page.goto("/settings/people");
  await expect(page.getByRole("heading", { name: "Only you are here so far" })).toBeVisible();
  await expectAccessible(page);
});

test("the settings and their dialogs keep to WCAG 2.2 AA", async ({ enter }) => {
  const team = await makeTeam();
  await makeGroup(team.organization, [team.bo]);
  const page = await enter(team.ada, { at: "/settings/account" });
  await expect(page.getByText("This device", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/settings/people");
  await expect(page.getByRole("table", { name: "People" })).toContainText("Bo Larsen");
  await expectAccessible(page);
  await expectRoomForNames(page, "Name");
  await page.getByRole("button", { name: "Actions for Bo Larsen" }).click();
  await page.getByRole("menuitem", { name: "Create password link" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  await expect(page.getByRole("textbox", { name: "Link" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/settings/invites");
  await expect(page.getByRole("heading", { name: "No invites yet" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New invite" }).click();
  await expect(page.getByRole("checkbox", { name: "lighthouse" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create link" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("table", { name: "Invites" })).toBeVisible();
  await expectAccessible(page);
  await expectRoomForNames(page, "Rooms and groups");
  const member = await enter(team.bo, { at: "/settings/invites" });
  await expect(member.getByRole("heading", { name: "You don't have permission" })).toBeVisible();
  await expectAccessible(member);
});

test.describe("when things go wrong", () => {
  test.use({ expectedNoise: offline });

  test("being offline, refused and unable to load keep to WCAG 2.2 AA", async ({ enter }) => {
    const { ada, bo, room } = await makeTalkingTeam();
    const page = await enter(ada, { at: "about:blank" });
    const line = await onLine(page, roomPath(room), { down: /^42\["frame"/ });
    await roomOf(page);
    await hearsBo(page, { bo, room });
    // The page gets no event about it, so it still shows the composer.
    line.hold();
    await archive(room, new Date());
    await composer(page).fill("Too late");
    await composer(page).press("Enter");
    await expect(message(page, "Too late")).toContainText("Not sent.");
    await page.context().setOffline(true);
    await expect(page.getByRole("status").filter({ hasText: "Offline." })).toBeVisible();
    await composer(page).fill("Later");
    await composer(page).press("Enter");
    await expect(log(page).getByText("waiting", { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.context().setOffline(false);

    await page.goto(roomPath({ id: "nowhere" }));
    await expect(page.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
    await expectAccessible(page);
    await page.context().route("**/api/invites**", (route) => route.abort());
    await page.goto("/settings/invites");
    await expect(page.getByRole("heading", { name: "Couldn't load invites" })).toBeVisible();
    await expectAccessible(page);
  });
});
