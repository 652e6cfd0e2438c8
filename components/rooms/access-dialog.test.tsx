// @vitest-environment happy-dom
// Changing who can join a room keeps the room's groups.
import { expect, it } from "vitest";
import { pressableIn } from "@/tests/harness/rendered";
import { viewerAs } from "@/tests/harness/viewers";
import AccessDialog from "./access-dialog";
import { RoomAccessDetails } from "./room-access";

const nothing = () => {};
const viewer = viewerAs("owner", "admin", { access: "restricted", groupIds: ["mine", "rare"] });
const edit = "button Edit who can join";

it("The access of a room can be edited once its groups are known", async () => {
  expect(await pressableIn(viewer, <RoomAccessDetails item={viewer.item} />)).toContain(edit);
  expect(await pressableIn(viewer, <RoomAccessDetails item={viewer.item} />, { "/groups": null })).not.toContain(edit);
});

it("The access of a room without groups can be edited at once", async () => {
  const { item } = viewerAs("owner", "admin");
  expect(await pressableIn(viewer, <RoomAccessDetails item={item} />, { "/groups": null })).toContain(edit);
});

it("Groups of the room whose names did not come are chosen, too", async () => {
  const part = <AccessDialog room={viewer.room} groups={[]} open onOpenChange={nothing} />;
  const found = await pressableIn(viewer, part);
  expect(found).toContain("checkbox Group mine");
  expect(found).toContain("checkbox Group");
});
