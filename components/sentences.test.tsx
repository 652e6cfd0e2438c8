// @vitest-environment happy-dom
// The sentences on the screen are true for the viewer's role.
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import { textShownIn } from "@/tests/harness/rendered";
import { archivedAt, personNamed, type Viewer, viewerAs } from "@/tests/harness/viewers";
import { InvitePeople } from "./invites/invite-people";
import AddPeopleDialog from "./people/add-people-dialog";
import { MembersPanel } from "./people/members-panel";
import { AccessConsequences } from "./rooms/access-fields";
import BrowseScreen from "./rooms/browse-screen";
import { DefaultRoomsPage } from "./settings/default-rooms-page";
import { GroupPicker, RoomPicker } from "./settings/invite-pickers";

it.each([
  ["that everyone is in", { joinsEveryone: true }, "Everyone is in it, and no one can leave it."],
  ["that is private", { isDefault: true, access: "private" }, "Newcomers don't join it while it's private."],
  ["that is restricted", { isDefault: true, access: "restricted" }, "Newcomers don't join it while it's restricted."],
  ["that is archived", { isDefault: true, archivedAt }, "Newcomers don't join it while it's archived."],
] as const)("The row of a default room %s says whether newcomers join it", async (_, given, sentence) => {
  const viewer = viewerAs("owner", "member", given);
  const text = await textShownIn(viewer, <DefaultRoomsPage asker={viewer.asker} organization="Larkfield" />);
  expect(text).toContain(`3 people. ${sentence}`);
});

it("The row of a default room that newcomers join says nothing more", async () => {
  const viewer = viewerAs("owner", "member", { isDefault: true });
  const text = await textShownIn(viewer, <DefaultRoomsPage asker={viewer.asker} organization="Larkfield" />);
  expect(text).toContain("3 people");
  expect(text).not.toContain("3 people.");
});

it.each([
  [{ isDefault: true }, "private", "People who join the organization are no longer added to this room."],
  [{ isDefault: true }, "restricted", "People who join the organization are no longer added to this room."],
  [{ isDefault: true, access: "private" }, "public", "People who join the organization are added to this room again."],
  [{ isDefault: true, access: "private" }, "restricted", null],
  [{}, "private", null],
] as const)(
  "Before the access of a room %o becomes %s, it is told what newcomers do",
  async (given, access, sentence) => {
    const viewer = viewerAs("owner", "admin", given);
    const part = <AccessConsequences room={viewer.room} access={access} showEarlier={false} onShowEarlier={() => {}} />;
    const text = await textShownIn(viewer, part);
    if (sentence) expect(text).toContain(sentence);
    else expect(text).not.toContain("Newcomers to the organization");
  },
);

it("Somebody alone in a room who can add people is not told who can invite", async () => {
  const alone = viewerAs("member", "admin", { memberCount: 1 });
  const text = await textShownIn(alone, <MembersPanel item={alone.item} />);
  expect(text).toContain("Only you are here so far");
  expect(text).not.toContain("can invite");
});

it.each([
  ["member", false, "Only owners and admins can invite people to the organization. Ask one of them."],
  ["guest", false, "Only owners and admins can invite people to the organization. Ask one of them."],
  ["guest", true, "Guests can't invite people to the organization. Ask a member to do it."],
] as const)("A %s is told who can invite if members can: %s", async (role, membersInvite, sentence) => {
  const viewer = viewerAs(role, "member");
  const asker = { ...viewer.asker, rules: { ...viewer.asker.rules, membersInvite } };
  expect(await textShownIn(viewer, <InvitePeople asker={asker} organization="Larkfield" />)).toBe(sentence);
});

const nothing = () => {};
const outside = ["Cleo Marsh", "Dan Novak"].map((name) => personNamed(name));
const twoRooms = ["lighthouse", "kitchen"].map((name) => ({
  room: { ...viewerAs("owner", null).room, id: name, name },
}));
const twoGroups = ["mine", "other"].map((id) => ({
  id,
  name: `Group ${id}`,
  handle: id,
  memberCount: 1,
  roomCount: null,
}));

const finders: [string, (viewer: Viewer) => ReactNode, string, string, string, Record<string, object>][] = [
  ["the members of a room", ({ item }) => <MembersPanel item={item} />, "mo", "Mo", "Cleo", {}],
  [
    "the people to add",
    (viewer) => <AddPeopleDialog {...viewer} roomId="room" open onOpenChange={nothing} />,
    "dan",
    "Dan Novak",
    "Cleo Marsh",
    { "/people": { people: outside } },
  ],
  ["the rooms to join", () => <BrowseScreen />, "kit", "kitchen", "lighthouse", { "/rooms": { rooms: twoRooms } }],
  [
    "the rooms of an invite",
    () => <RoomPicker selected={[]} onChange={nothing} />,
    "kit",
    "kitchen",
    "lighthouse",
    { "/rooms": { rooms: twoRooms, next: "more" } },
  ],
  [
    "the groups of an invite",
    () => <GroupPicker selected={[]} onChange={nothing} />,
    "other",
    "Group other",
    "Group mine",
    { "/groups": { groups: twoGroups, next: "more" } },
  ],
];

it.each(finders)(
  "Before there is an answer to what is typed, %s are those that match it",
  async (_, part, typed, match, other, answers) => {
    const viewer = viewerAs("owner", "admin");
    const before = await textShownIn(viewer, part(viewer), { answers });
    expect(before).toContain(match);
    expect(before).toContain(other);
    const text = await textShownIn(viewer, part(viewer), { answers, typed });
    expect(text).toContain(match);
    expect(text).not.toContain(other);
  },
);

it("Before there is an answer to what is typed, nobody is told that no one was found", async () => {
  const viewer = viewerAs("owner", "admin");
  const text = await textShownIn(viewer, <MembersPanel item={viewer.item} />, { typed: "nobody" });
  expect(text).not.toContain("Cleo");
  expect(text).not.toContain("No one");
  expect(text).toContain("Loading members");
});
