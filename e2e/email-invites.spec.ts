// From an admin's invite by email to the newcomer's first message, and the last day of a guest.
import { db } from "@/lib/server/db";
import { startMailServer } from "@/tests/harness/mail-server";
import { makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, message, roomLink, roomPath, settled } from "./screen";
import { makeTeam } from "./team";

// The browser logs every error response.
test.use({ expectedNoise: /the server responded with a status of (4\d\d|503)/ });

const password = "correct horse battery";

test("an admin invites by email, and the newcomer writes their first message on the third screen", async ({
  enter,
  serve,
  visit,
}) => {
  const mail = await startMailServer();
  const server = await serve({ smtpUrl: mail.url });
  const { ada, room } = await makeTeam();
  const email = `cleo-${crypto.randomUUID()}@example.org`;
  const a = await enter(ada, { at: "/settings/invites", server });

  await a.getByRole("button", { name: "New invite" }).click();
  const dialog = a.getByRole("dialog");
  // Until the rooms have loaded, the dialog grows, and what is pressed moves.
  await expect(dialog.getByRole("checkbox", { name: "lighthouse" })).toBeVisible();
  await dialog.getByRole("radio", { name: "By email" }).check();
  await dialog.getByRole("button", { name: "Send invite" }).click();
  await expect(dialog.getByRole("textbox", { name: "Email" })).toHaveAccessibleDescription("This field is required.");
  const second = `dev-${crypto.randomUUID()}@example.org`;
  await dialog.getByRole("textbox", { name: "Email" }).fill(`${second}, nobody`);
  await dialog.getByRole("button", { name: "Send invites" }).click();
  await expect(dialog.getByRole("textbox", { name: "Email" })).toHaveAccessibleDescription(
    "Not a valid email address: nobody.",
  );
  await dialog.getByRole("textbox", { name: "Email" }).fill(`${email}\n${second}`);
  await dialog.getByRole("checkbox", { name: "lighthouse" }).check();
  await expectAccessible(a);

  await test.step("a mail server that refuses is no dead end", async () => {
    mail.refused.add(email);
    await dialog.getByRole("button", { name: "Send invites" }).click();
    await expect(dialog.getByRole("textbox", { name: "Email" })).toHaveAccessibleDescription(
      new RegExp(`^Not sent to ${email}. The mail server didn't take the email.`),
    );
    await expect(dialog.getByRole("textbox", { name: "Email" })).toHaveValue(email);
    mail.refused.delete(email);
  });
  await dialog.getByRole("button", { name: "Send invite" }).click();
  await expect(a.getByRole("dialog", { name: "2 invites sent" })).toContainText(email);
  await a.getByRole("button", { name: "Done" }).click();
  const row = a.getByRole("row").filter({ hasText: email }).filter({ hasText: "Open" });
  await expect(row).toContainText("0 of 1");

  const link = /https?:\/\/\S+\/join\/\S+/.exec(mail.received.find(({ to }) => to === email)?.text ?? "")?.[0] ?? "";
  const page = await visit({ ...phone, at: link, server });
  await test.step("the first screen: the invite", async () => {
    await expect(page.getByRole("heading", { name: "Join Larkfield on Parley" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
    await expect(page.getByRole("textbox", { name: "Email" })).not.toBeEditable();
    await page.getByRole("textbox", { name: "Your name" }).fill("Cleo Marsh");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Join Larkfield" }).click();
  });
  await test.step("the second screen: the rooms, and the third: the room", async () => {
    await expect(roomLink(page, "lighthouse")).toBeVisible();
    await settled(page);
    await roomLink(page, "lighthouse").click();
    await composer(page).fill("Hello, I'm new");
    await page.getByRole("button", { name: "Send" }).tap();
    await expect(message(page, "Hello, I'm new")).toBeVisible();
  });

  await a.reload();
  const used = a.getByRole("row").filter({ hasText: email }).filter({ hasText: "Used up" });
  await expect(used).toContainText("Cleo Marsh");
  await used.getByRole("button", { name: `Actions for the invite to ${email}` }).click();
  await a.getByRole("menuitem", { name: "Who joined" }).click();
  await expect(a.getByRole("dialog", { name: "Who joined" }).getByRole("listitem")).toContainText("Cleo Marsh");
  await a.goto(roomPath(room));
  await expect(message(a, "Hello, I'm new")).toBeVisible();
  await mail.close();
});

test("without a mail server the link is shown to copy", async ({ enter, visit }) => {
  const { ada } = await makeTeam();
  const email = `cleo-${crypto.randomUUID()}@example.org`;
  const a = await enter(ada, { at: "/settings/invites" });
  await a.getByRole("button", { name: "New invite" }).click();
  // Until the rooms have loaded, the dialog grows, and what is pressed moves.
  await expect(a.getByRole("checkbox", { name: "lighthouse" })).toBeVisible();
  await a.getByRole("radio", { name: "By email" }).check();
  await a.getByRole("dialog").getByRole("textbox", { name: "Email" }).fill(email);
  await a.getByRole("button", { name: "Send invite" }).click();
  const created = a.getByRole("dialog", { name: "Invite link created" });
  await expect(created).toContainText(`Parley has no mail server, so send this link to ${email} yourself.`);
  const link = (await created.getByRole("textbox", { name: "Link" }).inputValue()).trim();
  const page = await visit({ at: new URL(link).pathname });
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);

  // Another one to the same address.
  await created.getByRole("button", { name: "Done" }).click();
  await a.getByRole("button", { name: "New invite" }).click();
  await expect(a.getByRole("checkbox", { name: "lighthouse" })).toBeVisible();
  await a.getByRole("radio", { name: "By email" }).check();
  const dialog = a.getByRole("dialog");
  await expect(dialog).toContainText("It replaces an earlier one that is still open.");
  await dialog.getByRole("textbox", { name: "Email" }).fill(email);
  await dialog.getByRole("button", { name: "Send invite" }).click();
  await expect(created).toContainText("The earlier invite to this address no longer works.");
  await created.getByRole("button", { name: "Done" }).click();
  await expect(a.getByRole("row").filter({ hasText: email })).toContainText(["Open", "Revoked"]);
  await page.reload();
  await expect(page.getByRole("heading", { name: "There's a newer link" })).toBeVisible();
});

test("a guest's open tab closes when their last day is over", async ({ enter }) => {
  const { organization, room } = await makeTeam();
  const guest = await makePerson(organization, { role: "guest", name: "Gus Guest" });
  await db().membership.create({ data: { organizationId: organization.id, roomId: room.id, personId: guest.id } });
  const page = await enter(guest, { at: roomPath(room) });
  await expect(composer(page)).toBeVisible();
  await db().person.update({ where: { id: guest.id }, data: { endsAt: new Date() } });
  await expect(page.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible({ timeout: 15_000 });
});
