// What an invite link leads to.
import type { Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { db } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import { makePerson, proveAddress } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { settled } from "./screen";
import { makeTeam } from "./team";

// The browser logs every error response.
test.use({ expectedNoise: /the server responded with a status of (4\d\d|503)/ });

const password = "correct horse battery";

test("a person with an account must give its password to accept an invite, and loses no input when told so", async ({
  visit,
}) => {
  const { organization, ada } = await makeTeam();
  const elsewhere = await makeTeam();
  const cleo = await makePerson(elsewhere.organization, { name: "Cleo Marsh", password });
  await proveAddress(cleo);
  const token = newToken();
  await db().invite.create({
    data: { id: uuidv7(), organizationId: organization.id, tokenHash: hashToken(token), creatorId: ada.id, maxUses: 1 },
  });
  const page = await visit({ at: `/join/${token}` });
  const email = page.getByRole("textbox", { name: "Email" });
  await page.getByRole("textbox", { name: "Your name" }).fill("Cleo Marsh");
  await email.fill(cleo.email);
  await page.getByLabel("Password", { exact: true }).fill("not that battery");
  await page.getByRole("button", { name: "Join Larkfield" }).click();
  await expect(email).toHaveAccessibleDescription(/use that account's password/);
  await expect(page.getByRole("textbox", { name: "Your name" })).toHaveValue("Cleo Marsh");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join Larkfield" }).click();
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
});

const closed = [
  { state: "expired", title: "This invite has expired", data: { expiresAt: new Date(Date.now() - 1_000) } },
  { state: "used up", title: "This invite has been used up", data: { maxUses: 1, uses: 1 } },
  { state: "revoked", title: "This invite was revoked", data: { revokedAt: new Date() } },
] as const;

test("an invite that is closed, unknown or malformed says so and shows no details", async ({ visit }) => {
  const { organization, ada } = await makeTeam();
  const page = await visit({ at: "/sign-in" });
  for (const { state, title, data } of closed) {
    await test.step(state, async () => {
      const token = newToken();
      const organizationId = organization.id;
      await db().invite.create({
        data: { id: uuidv7(), organizationId, tokenHash: hashToken(token), creatorId: ada.id, ...data },
      });
      await page.goto(`/join/${token}`);
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
      await expect(page.getByText(/Larkfield|Ada Lovelace/)).toHaveCount(0);
      await expect(page.getByRole("textbox")).toHaveCount(0);
    });
  }
  for (const token of [newToken(), "x", "%00", "..%2f"]) {
    await page.goto(`/join/${token}`);
    await expect(page.getByRole("heading", { name: "This invite isn't valid" })).toBeVisible();
  }
});

test("an invite with one use left lets one person in, and tells the next that it is used up", async ({ visit }) => {
  const { organization, ada } = await makeTeam();
  const token = newToken();
  await db().invite.create({
    data: { id: uuidv7(), organizationId: organization.id, tokenHash: hashToken(token), creatorId: ada.id, maxUses: 1 },
  });
  const [first, second] = await Promise.all([visit({ at: `/join/${token}` }), visit({ at: `/join/${token}` })]);
  const fill = async (page: Page, name: string) => {
    await page.getByRole("textbox", { name: "Your name" }).fill(name);
    await page.getByRole("textbox", { name: "Email" }).fill(`${newToken()}@example.org`);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Join Larkfield" }).click();
  };
  await fill(first, "Cleo Marsh");
  await expect(first.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  await fill(second, "Dev Patel");
  await expect(second.getByRole("alert").filter({ hasText: "This invite has been used up." })).toBeVisible();
  await expect(second.getByRole("textbox", { name: "Your name" })).toHaveValue("Dev Patel");
});

test("whoever can't join with their account reads why and what helps, and joins with another one", async ({
  enter,
}) => {
  const { organization, ada } = await makeTeam();
  const { bo } = await makeTeam();
  const token = newToken();
  await db().invite.create({
    data: { id: uuidv7(), organizationId: organization.id, tokenHash: hashToken(token), creatorId: ada.id, maxUses: 1 },
  });
  const page = await enter(bo, { at: `/join/${token}` });
  // The server of these tests has no mail server.
  const why = page.getByRole("status").filter({ hasText: "This server sends no emails that could confirm it." });
  await expect(why).toBeVisible();
  await expect(page.getByRole("button", { name: /^Join as/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Go back to Parley" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Join with a different account" }).click();
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeVisible();
  await settled(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("Bo Larsen");
  await page.getByRole("textbox", { name: "Email" }).fill(`${newToken()}@example.org`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join Larkfield" }).click();
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
});

test("who is signed in joins another organization with one click", async ({ enter }) => {
  const { organization, ada } = await makeTeam();
  const { bo } = await makeTeam();
  await proveAddress(bo);
  const token = newToken();
  await db().invite.create({
    data: { id: uuidv7(), organizationId: organization.id, tokenHash: hashToken(token), creatorId: ada.id, maxUses: 1 },
  });
  const page = await enter(bo, { at: `/join/${token}` });
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Join as Bo Larsen" }).click();
  await page.waitForURL(`**/o/${organization.handle}`);
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();

  // The chat would leave for the sign-in page by itself, once the session has ended.
  await page.goto("about:blank");
  const joined = { organizationId: organization.id, accountId: bo.accountId };
  await db().person.updateMany({ where: joined, data: { deactivatedAt: new Date() } });
  await db().invite.updateMany({ where: { organizationId: organization.id }, data: { maxUses: 5 } });
  await page.goto(`/join/${token}`);
  await expect(page.getByRole("heading", { name: "Your account is deactivated here" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Join/ })).toHaveCount(0);
});
