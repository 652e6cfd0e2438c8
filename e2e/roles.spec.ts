// What each role finds on the screen, compared with the table of permissions.
import type { Locator, Page } from "@playwright/test";
import { pathsOf } from "@/lib/contract/paths";
import { handleOf, joinAs, makeOrganization, makePeople, makeRoom } from "@/tests/harness/people";
import { expect, test } from "./fixtures";
import { roomList } from "./screen";

/** In the order of the letters below. All are in the room. */
const roles = [
  { who: "owner", role: "owner", roomRole: "member" },
  { who: "admin", role: "admin", roomRole: "member" },
  { who: "room admin", role: "member", roomRole: "admin" },
  { who: "room moderator", role: "member", roomRole: "moderator" },
  { who: "member", role: "member", roomRole: "member" },
  { who: "guest", role: "guest", roomRole: "member" },
] as const;

const [everyone, members, moderators, admins, organizationAdmins] = ["++++++", "+++++-", "++++--", "+++---", "++----"];
type Table = Record<string, string>;

/** Of the room's details. */
const details: Table = {
  "Change picture": admins,
  "Edit name": admins,
  "Edit topic": members,
  "Edit description": admins,
  "Who can post": admins,
  "Who can change the topic": admins,
  "Who can add people": admins,
  "Who can pin messages": admins,
  "Who can mention everyone": admins,
  "Edit who can join": admins,
  "What newcomers see": admins,
  "Tell who joins and leaves": admins,
  "Archive room": admins,
  "Delete room": organizationAdmins,
};
const roomMenu: Table = {
  "Room details": everyone,
  "Pinned messages": everyone,
  "Add people": members,
  "Leave room": everyone,
};
const memberMenu: Table = {
  "Make admin": admins,
  "Make moderator": admins,
  "Remove from room": moderators,
  "Ban from room": moderators,
  Block: everyone,
};
const addMenu: Table = { "New room": members, "Browse rooms": everyone };
const organizationMenu: Table = { "Invite people": organizationAdmins, Settings: everyone };
const settings: Table = {
  Account: everyone,
  General: organizationAdmins,
  Rooms: organizationAdmins,
  "Default rooms": organizationAdmins,
  People: organizationAdmins,
  Groups: organizationAdmins,
  Invites: organizationAdmins,
  Security: organizationAdmins,
  "Audit log": organizationAdmins,
};

/** The names in a table that a role has. */
const allowed = (table: Table, at: number) => Object.keys(table).filter((name) => table[name]?.[at] === "+");
const accessibleName = (name: string) => ({ name, exact: true });

/** The names in a table of what is there. */
async function there(table: Table, locate: (name: string) => Locator): Promise<string[]> {
  const found = [];
  for (const name of Object.keys(table)) if ((await locate(name).count()) > 0) found.push(name);
  return found;
}

/** What a menu has of a table, once it has opened. */
async function inMenu(page: Page, button: Locator, table: Table): Promise<string[]> {
  await button.click();
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  const found = await there(table, (name) => page.getByRole("menuitem", accessibleName(name)));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menuitem")).toHaveCount(0);
  return found;
}

test("each role finds in a room, the sidebar and the settings what the table allows, and nothing more", async ({
  enter,
}) => {
  const { id } = await makeOrganization();
  const people = await makePeople({ id }, [
    ...roles.map(({ role, who }) => ({ role, name: `The ${who}` })),
    { name: "Bo Larsen" },
  ]);
  const room = await makeRoom({ id }, { name: "lighthouse" });
  await joinAs("member", room, people[roles.length] ?? { id });
  const paths = pathsOf(handleOf(id));
  const organization = /^Organization /;

  /** Compares what the role with this index finds. */
  async function visit(at: number) {
    const { who, roomRole } = roles[at] ?? {};
    const person = people[at];
    if (!person || !roomRole) throw new Error(`There is no role ${at}.`);
    await joinAs(roomRole, room, person);
    const page = await enter(person, { at: paths.room(room.id, "details") });
    const panel = page.getByRole("complementary");
    await expect(panel.getByRole("heading", { name: "Who can join" })).toBeVisible();
    const found: Record<string, string[]> = {
      details: await there(details, (name) =>
        ["button", "combobox", "switch"]
          .map((role) => panel.getByRole(role as "button", accessibleName(name)))
          .reduce((all, one) => all.or(one)),
      ),
      roomMenu: await inMenu(page, page.getByRole("button", accessibleName("More")), roomMenu),
      addMenu: await inMenu(page, roomList(page).getByRole("button", { name: "Add rooms" }), addMenu),
      organizationMenu: await inMenu(
        page,
        roomList(page).getByRole("button", { name: organization }),
        organizationMenu,
      ),
    };
    await page.getByRole("radio", accessibleName("Members")).click();
    const row = panel.getByRole("listitem").filter({ hasText: "Bo Larsen" });
    await expect(row).toBeVisible();
    const actions = row.getByRole("button", { name: "Actions for Bo Larsen" });
    found.memberMenu = (await actions.count()) > 0 ? await inMenu(page, actions, memberMenu) : [];
    await page.getByRole("link", accessibleName("Settings")).click();
    await expect(page.getByRole("link", accessibleName("Account"))).toBeVisible();
    found.settings = await there(settings, (name) => page.getByRole("link", accessibleName(name)));
    expect(found, `The ${who}`).toEqual({
      details: allowed(details, at),
      roomMenu: allowed(roomMenu, at),
      addMenu: allowed(addMenu, at),
      organizationMenu: allowed(organizationMenu, at),
      memberMenu: allowed(memberMenu, at),
      settings: allowed(settings, at),
    });
  }
  // Two at a time: more browsers load so slowly that they are late for what a test expects of one.
  for (let at = 0; at < roles.length; at += 2) await Promise.all([visit(at), visit(at + 1)]);
});
