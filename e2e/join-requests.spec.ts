import { pathsOf } from "@/lib/contract/paths";
import { data } from "@/tests/harness/login";
import { handleOf, makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, roomLink, roomPath } from "./screen";
import { addRoom, makeTeam, programOf } from "./team";

test("somebody asks to join by the room's link; its admin sees that at once and lets them in", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo, organization } = team;
  const secret = await addRoom(team, { name: "incident-review", access: "private" }, ada);
  const hers = await enter(ada, { at: `${roomPath(secret)}?panel=details` });
  const link = hers.getByRole("region", { name: "Link to ask to join" });
  await link.getByRole("button", { name: "Create link" }).click();
  const field = link.getByRole("textbox", { name: "Link" });
  await expect(field).toHaveValue(/\/ask\/[\w-]{43}$/);
  await expect(link).toContainText("Created by Ada Lovelace");
  await expectAccessible(hers);
  const address = new URL(await field.inputValue()).pathname;

  const his = await enter(bo, { ...phone, at: address });
  const main = his.getByRole("main");
  await expect(main.getByRole("heading", { name: "incident-review" })).toBeVisible();
  await main.getByRole("textbox", { name: "Note" }).fill("I had the graph open.");
  await expectAccessible(his);
  await main.getByRole("button", { name: "Ask to join" }).tap();
  await expect(main).toContainText("You’ve asked to join.");

  await expect(roomLink(hers, secret.name)).toContainText("1");
  const requests = hers.getByRole("region", { name: "Requests to join" });
  await expect(requests.getByRole("listitem")).toContainText("I had the graph open.");
  await expectAccessible(hers);
  await requests.getByRole("button", { name: "Approve Bo Larsen" }).click();
  await expect(requests).toHaveCount(0);
  await expect(main).toContainText("You’re in this room.");
  await main.getByRole("button", { name: "Open room" }).tap();
  await expect(composer(his)).toBeVisible();

  const cleo = await makePerson(organization, { name: "Cleo Prey" });
  const asking = await enter(cleo, { at: address });
  await asking.getByRole("main").getByRole("button", { name: "Ask to join" }).click();
  await requests.getByRole("button", { name: "Refuse Cleo Prey" }).click();
  await expect(requests).toHaveCount(0);
  await asking.reload();
  await expect(asking.getByRole("main")).toContainText("Your request was refused. You can ask again on");

  await link.getByRole("button", { name: "Revoke link" }).click();
  await expect(link.getByRole("button", { name: "Create link" })).toBeVisible();
  await asking.reload();
  await expect(asking.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  const { link: none } = data(await (await programOf(ada)).rest("askLink.show", { roomId: secret.id }));
  expect(none).toBeNull();
});

test("whoever asked sees their request when the link no longer works, and withdraws it", async ({ enter }) => {
  const team = await makeTeam();
  const { ada, bo } = team;
  const secret = await addRoom(team, { name: "incident-review", access: "private" }, ada);
  const admin = await programOf(ada);
  const { token } = data(await admin.rest("askLink.create", { roomId: secret.id }));
  const { ask } = pathsOf(handleOf(ada.organizationId));
  const his = await enter(bo, { ...phone, at: ask(token) });
  const main = his.getByRole("main");
  await main.getByRole("textbox", { name: "Note" }).fill("I had the graph open.");
  await main.getByRole("button", { name: "Ask to join" }).tap();
  await expect(main).toContainText("You’ve asked to join.");
  await admin.rest("askLink.create", { roomId: secret.id });

  await his.reload();
  await expect(main).toContainText("your request is still with the room's admins");
  await main.getByRole("button", { name: "Your requests" }).tap();
  const requests = his.getByRole("region", { name: "Rooms you asked to join" });
  await expect(requests.getByRole("listitem")).toContainText(["incident-review"]);
  await expect(requests).toContainText("I had the graph open.");
  await expectAccessible(his);
  const hers = await enter(ada, { at: `${roomPath(secret)}?panel=details` });
  const asking = hers.getByRole("region", { name: "Requests to join" });
  await expect(asking.getByRole("listitem")).toHaveCount(1);
  const other = await enter(bo, { at: pathsOf(handleOf(bo.organizationId)).invites });
  const inOtherTab = other.getByRole("region", { name: "Rooms you asked to join" });
  await expect(inOtherTab.getByRole("listitem")).toHaveCount(1);
  await requests.getByRole("button", { name: "Withdraw the request to join incident-review" }).tap();
  for (const gone of [requests, asking, inOtherTab]) await expect(gone).toHaveCount(0);
});
