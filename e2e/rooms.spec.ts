import { data } from "@/tests/harness/login";
import { makeGroup, makePerson } from "@/tests/harness/people";
import { expect, test } from "./fixtures";
import { composer, message, roomLink, roomList, roomPath, roomTitle, say } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

test("rooms are found, joined, left and made", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, room } = team;
  const open = await addRoom(team, { name: "observatory" }, ada);
  data(await (await programOf(ada)).rest("message.send", { roomId: open.id, body: "Clear skies tonight" }));
  const [a, b] = await Promise.all([enter(ada, { at: roomPath(open) }), enter(bo, { at: roomPath(room) })]);

  await test.step("a public room can be found, previewed, joined and written in", async () => {
    await roomList(b).getByRole("link", { name: "Browse rooms" }).click();
    await expect(b).toHaveTitle("Browse rooms · Parley");
    const found = b.getByRole("main").getByRole("listitem").filter({ hasText: "observatory" });
    await expect(found).toContainText("1 person");
    await found.getByRole("link", { name: "observatory" }).click();
    await expect(message(b, "Clear skies tonight")).toBeVisible();
    await expect(composer(b), "one looks, and does not write").toHaveCount(0);
    await say(a, "A cloud is coming");
    await expect(message(b, "A cloud is coming")).toBeVisible();
    await b.getByRole("button", { name: "Join room" }).click();
    await expect(roomLink(b, "observatory")).toBeVisible();
    await expect(message(a, "Bo Larsen joined")).toBeVisible();
    await say(b, "I see Saturn");
    await expect(message(a, "I see Saturn")).toBeVisible();
  });

  await test.step("leaving a room can be undone at once", async () => {
    await b.getByRole("main").getByRole("button", { name: "More" }).click();
    await b.getByRole("menuitem", { name: "Leave room" }).click();
    await expect(b.getByText("You left #observatory")).toBeVisible();
    await expect(roomLink(b, "observatory")).toHaveCount(0);
    await expect(message(a, "Bo Larsen left")).toBeVisible();
    await b.getByRole("button", { name: "Undo" }).click();
    await expect(roomTitle(b, "observatory")).toBeVisible();
    await say(b, "Here again");
    await expect(message(a, "Here again")).toBeVisible();
  });

  await test.step("a taken room name is refused at the field, and no input is lost", async () => {
    await roomList(a).getByRole("button", { name: "Add rooms" }).click();
    await a.getByRole("menuitem", { name: "New room" }).click();
    const dialog = a.getByRole("dialog", { name: "New room" });
    const name = dialog.getByRole("textbox", { name: "Name" });
    await name.fill("LightHouse");
    await dialog.getByRole("radio", { name: /Private/ }).check();
    await dialog.getByRole("textbox", { name: "Description" }).fill("Where the lamp is.");
    await dialog.getByRole("button", { name: "Create room" }).click();
    await expect(name).toHaveAccessibleDescription("This name is taken. Choose another one.");
    await expect(name).toHaveValue("LightHouse");
    await expect(dialog.getByRole("radio", { name: /Private/ })).toBeChecked();
    await expect(dialog.getByRole("textbox", { name: "Description" })).toHaveValue("Where the lamp is.");
    await name.fill("lamp room");
    await name.press("Enter");
    await expect(roomTitle(a, "lamp room")).toBeVisible();
    await expect(a.getByRole("heading", { name: "This is the start of #lamp room" })).toBeVisible();
    await expect(roomLink(a, "lamp room")).toHaveAttribute("aria-current", "page");
  });
});

test("browsing filters while typing, and says when no room matches", async ({ enter }) => {
  const team = await makeTeam();
  for (const name of ["kitchen", "workshop"]) await addRoom(team, { name }, team.ada);
  const b = await enter(team.bo, { at: "/browse" });
  const rows = b.getByRole("main").getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await b.getByRole("searchbox", { name: "Find rooms" }).fill("KITCH");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("kitchen");
  await b.getByRole("searchbox", { name: "Find rooms" }).fill("cellar");
  await expect(b.getByRole("heading", { name: "No rooms found" })).toBeVisible();
});

test.describe("from outside", () => {
  // The browser logs every error response.
  test.use({ expectedNoise: /the server responded with a status of 40[04]/ });

  test("a restricted room is found by people of its group, and by nobody else", async ({ enter }) => {
    const team = await makeTeam();
    const cleo = await makePerson(team.organization, { name: "Cleo Stranger" });
    const groupId = await makeGroup(team.organization, [team.bo]);
    const secret = await addRoom(team, { name: "vault", access: "restricted", groupIds: [groupId] }, team.ada);
    const [b, c] = await Promise.all([enter(team.bo, { at: "/browse" }), enter(cleo, { at: "/browse" })]);
    await expect(b.getByRole("main").getByRole("link", { name: "vault" })).toBeVisible();
    await expect(c.getByRole("main").getByRole("link", { name: "lighthouse" })).toBeVisible();
    await expect(c.getByText("vault")).toHaveCount(0);
    await b.getByRole("button", { name: "Join vault" }).click();
    await expect(composer(b)).toBeVisible();
    await c.goto(roomPath(secret));
    await expect(c.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
    await expect(c.getByText("vault")).toHaveCount(0);
  });

  test("a private room and an unknown room look the same from outside", async ({ enter }) => {
    const team = await makeTeam();
    const hidden = await addRoom(team, { name: "cellar", access: "private" }, team.ada);
    const b = await enter(team.bo, { at: "/browse" });
    await expect(b.getByRole("main").getByRole("link", { name: "lighthouse" })).toBeVisible();
    await expect(b.getByText("cellar")).toHaveCount(0);
    const said: (string | null)[] = [];
    for (const id of [hidden.id, "01919191-0000-7000-8000-000000000000", "not-an-id"]) {
      await b.goto(roomPath({ id }));
      await expect(b.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
      said.push(await b.getByRole("main").textContent());
    }
    expect(new Set(said).size).toBe(1);
  });

  test("a removed person sees at once that the room is gone, and receives nothing more of it", async ({ enter }) => {
    const team = await makeTeam();
    const room = await addRoom(team, { name: "cellar", access: "private" }, team.ada, team.bo);
    const [a, b] = await Promise.all([
      enter(team.ada, { at: `${roomPath(room)}?panel=members` }),
      enter(team.bo, { at: roomPath(room) }),
    ]);
    const heard: string[] = [];
    b.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
    await b.reload();
    await expect(composer(b)).toBeVisible();
    // The first may have been loaded with the room.
    for (const text of ["Is Bo here?", "While Bo is here"]) {
      await say(a, text);
      await expect(message(b, text)).toBeVisible();
    }
    await expect.poll(() => heard.join("\n"), "the listening works").toContain("While Bo is here");

    const row = a.getByRole("complementary").getByRole("listitem").filter({ hasText: "Bo Larsen" });
    await row.hover();
    await row.getByRole("button", { name: "Actions for Bo Larsen" }).click();
    await a.getByRole("menuitem", { name: "Remove from room" }).click();
    await a.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(b.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
    await expect(roomLink(b, "cellar")).toHaveCount(0);
    await expect(b.getByText("While Bo is here")).toHaveCount(0);

    await say(a, "Now that Bo is gone");
    await expect(message(a, "Now that Bo is gone")).not.toContainText("waiting");
    // A later message in a room that Bo is still in has arrived, so an earlier one would have, too.
    data(await (await programOf(team.ada)).rest("message.send", { roomId: team.room.id, body: "Later, elsewhere" }));
    await expect(roomLink(b, "lighthouse")).toHaveAccessibleName("lighthouse 1 unread");
    expect(heard.join("\n")).toContain("Later, elsewhere");
    expect(heard.join("\n")).not.toContain("Now that Bo is gone");
    await b.reload();
    await expect(b.getByRole("heading", { name: "You're not in this room" })).toBeVisible();
  });
});

test("the members panel finds people, adds them by name and removes them", async ({ enter }) => {
  const team = await makeTeam();
  const cleo = await makePerson(team.organization, { name: "Cleo Marsh" });
  await makePerson(team.organization, { name: "Dev Patel" });
  const a = await enter(team.ada, { at: roomPath(team.room) });
  await a.getByRole("button", { name: "Members: 2 people" }).click();
  const panel = a.getByRole("complementary", { name: "Members of #lighthouse" });
  const rows = panel.getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await panel.getByRole("searchbox", { name: "Find members" }).fill("lars");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Bo Larsen");
  await panel.getByRole("searchbox", { name: "Find members" }).fill("");

  const c = await enter(cleo);
  await expect(roomList(c)).toBeVisible();
  await expect(roomLink(c, "lighthouse")).toHaveCount(0);
  await panel.getByRole("button", { name: "Add" }).click();
  const dialog = a.getByRole("dialog", { name: "Add people to #lighthouse" });
  await expect(dialog.getByRole("button", { name: /Dev Patel/ })).toBeVisible();
  await expect(dialog.getByRole("button", { name: /Bo Larsen/ }), "who is in already is not offered").toHaveCount(0);
  await dialog.getByRole("searchbox", { name: "Find people" }).fill("cleo");
  await dialog.getByRole("button", { name: /Cleo Marsh/ }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(rows).toHaveCount(3);
  await expect(message(a, "Ada Lovelace added Cleo Marsh")).toBeVisible();
  await roomLink(c, "lighthouse").click();
  await expect(composer(c)).toBeVisible();
});
