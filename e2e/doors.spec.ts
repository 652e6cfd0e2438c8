// The pages before the chat, at a wrong address, with an old link or after an error.
import type { Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import { gateTo } from "@/tests/harness/gate";
import { makePerson } from "@/tests/harness/people";
import { expectAccessible } from "./axe";
import { expect, phone, test } from "./fixtures";
import { composer, roomPath, settled } from "./screen";
import { given, makeTeam, theServer } from "./team";

// The browser logs every error response.
test.use({ expectedNoise: /the server responded with a status of [45]\d\d|WebSocket connection to .* failed/ });

const password = "correct horse battery";

/** The same server at a host name that is not its PUBLIC_URL. */
const elsewhere = ({ url } = theServer()) => ({ url: url.replace("127.0.0.1", "localhost") });

/** Expects a link to the same page at the right address. */
async function expectWayOut(page: Page, path: string, { url } = theServer()): Promise<void> {
  const said = page.getByRole("alert").filter({ hasText: "Parley doesn't answer at this address." });
  await expect(said).toBeVisible();
  await expect(said.getByRole("link", { name: url, exact: true })).toHaveAttribute("href", url + path);
}

test("the sign-in at a wrong address says which one to open", async ({ visit }) => {
  const { organization } = await makeTeam();
  const cleo = await makePerson(organization, { name: "Cleo Marsh", password });
  const page = await visit({ at: "/sign-in?next=%2Fbrowse", server: elsewhere() });
  await page.getByRole("textbox", { name: "Email" }).fill(cleo.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectWayOut(page, "/sign-in?next=%2Fbrowse");
  await expectAccessible(page);
  await page.getByRole("alert").getByRole("link").click();
  await expect(page).toHaveURL(`${theServer().url}/sign-in?next=%2Fbrowse`);
});

test("an invite and a password link at a wrong address say which one to open", async ({ visit }) => {
  const { organization, ada, bo } = await makeTeam();
  const [invite, reset] = [newToken(), newToken()];
  const row = { id: uuidv7(), organizationId: organization.id };
  await db().invite.create({ data: { ...row, tokenHash: hashToken(invite), creatorId: ada.id } });
  const expiresAt = new Date(Date.now() + 60_000);
  const forBo = { personId: bo.id, makerId: ada.id, tokenHash: hashToken(reset), expiresAt };
  await db().passwordReset.create({ data: { ...row, ...forBo } });
  const page = await visit({ at: `/join/${invite}`, server: elsewhere() });
  await page.getByRole("textbox", { name: "Your name" }).fill("Cleo Marsh");
  await page.getByRole("textbox", { name: "Email" }).fill(`${newToken()}@example.org`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join Larkfield" }).click();
  await expectWayOut(page, `/join/${invite}`);
  await page.goto(`/reset/${reset}`);
  await settled(page);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expectWayOut(page, `/reset/${reset}`);
});

test("the chat at a wrong address, where its socket is refused, says which one to open", async ({ enter }) => {
  const { bo, room } = await makeTeam();
  const page = await enter(bo, { at: roomPath(room), server: elsewhere() });
  await expectWayOut(page, roomPath(room));
  await expectAccessible(page);
});

test("the settings and signing out at a wrong address say which one to open", async ({ enter }) => {
  const { bo, organization } = await makeTeam();
  const page = await enter(bo, { at: "/settings/account", server: elsewhere() });
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByText(`Open ${theServer().url} instead.`)).toBeVisible();
  await page.getByLabel("Current password", { exact: true }).fill("not that one");
  await page.getByLabel("New password", { exact: true }).fill("a newer horse battery");
  await page.getByRole("button", { name: "Change password" }).click();
  await expectWayOut(page, pathsOf(organization.handle).setting("account"));
});

test("the set-up at a wrong address says which one to open, and whoever forgot their password what to do, and no names", async ({
  visit,
  serve,
}) => {
  const server = await serve({ empty: true });
  const { hash } = new URL(server.setUpAt ?? "");
  const lost = await visit({ at: `/setup${hash}`, server: elsewhere(server) });
  const typed = { Organization: "Larkfield", "Your name": "Ada Lovelace", Email: "ada@larkfield.example" };
  for (const [name, value] of Object.entries(typed)) await lost.getByRole("textbox", { name }).fill(value);
  await lost.getByLabel("Password", { exact: true }).fill(password);
  await lost.getByRole("button", { name: "Continue" }).click();
  await expectWayOut(lost, `/setup${hash}`, server);

  const code = new URLSearchParams(hash.slice(1)).get("code");
  const data = { organization: "Larkfield", name: "Ada Lovelace", email: "ada@larkfield.example", password, code };
  const headers = { origin: server.url };
  expect((await lost.request.post(`${server.url}/api/setup`, { data, headers })).status()).toBe(200);
  const page = await visit({ server, at: "/sign-in" });
  await expect(page.getByRole("heading", { name: "Sign in to Larkfield" })).toBeVisible();
  const forgot = page.getByRole("button", { name: "Forgot your password?" });
  await expect(forgot).toHaveAttribute("aria-expanded", "false");
  await forgot.press("Enter");
  await expect(page.getByRole("status")).toContainText("Ask an admin of Larkfield for a password link.");
  await expect(page.getByText("Ada")).toHaveCount(0);
  await expectAccessible(page);
  await forgot.press("Enter");
  await expect(page.getByRole("status")).toHaveCount(0);
});

test("a person who was signed out elsewhere reads why, and returns to the same page after signing in", async ({
  visit,
}) => {
  const team = await makeTeam();
  const cleo = await makePerson(team.organization, { name: "Cleo Marsh", password });
  const { organizationId, id: roomId } = team.room;
  await db().membership.create({ data: { organizationId, roomId, personId: cleo.id } });
  const there = `${roomPath(team.room)}?panel=members`;
  const page = await visit({ at: there });
  const signIn = async (secret: string) => {
    await page.getByRole("textbox", { name: "Email" }).fill(cleo.email);
    await page.getByLabel("Password", { exact: true }).fill(secret);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn(password);
  await expect(composer(page)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${team.room.id}\\?panel=members$`));
  const ended = { personId: cleo.id, revokedAt: null };
  const end = () => db().session.updateMany({ where: ended, data: { revokedAt: new Date(), endedBy: "elsewhere" } });
  await end();
  const why = page.getByRole("status").filter({ hasText: "You signed this browser out from another device." });
  await expect(why).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  await signIn(password);
  await expect(page).toHaveURL(new RegExp(`${team.room.id}\\?panel=members$`));
  await expect(composer(page)).toBeVisible();

  // The settings notice it by themselves, too.
  await page.goto("/settings/account");
  await expect(page.getByText("This device", { exact: true })).toBeVisible();
  await end();
  await expect(why).toBeVisible({ timeout: 15_000 });
  await settled(page);
  await signIn(password);
  await expect(page).toHaveURL(/\/settings\/account$/);
});

test("an unknown address shows our own page with a link home", async ({ visit, enter }) => {
  const { bo, room } = await makeTeam();
  const stranger = await visit({ at: "/nowhere" });
  await expect(stranger.getByRole("heading", { name: "There's no page here" })).toBeVisible();
  await expectAccessible(stranger);
  await stranger.getByRole("link", { name: "Go to Parley" }).click();
  await expect(stranger.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible();
  const page = await enter(bo, { at: "/settings/nowhere", ...phone });
  await expect(page.getByRole("heading", { name: "There's no page here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to Parley" }).click();
  await expect(page.getByRole("navigation", { name: "Rooms" })).toContainText(room.name ?? "");
});

test.describe("a page that fails", () => {
  // React logs in the browser that the server threw. The page's socket tries to reconnect while the server stops.
  test.use({ expectedNoise: /status of [45]\d\d|Minified React error #441|WebSocket connection to/ });

  test("says what to do but not the reason, and works after a retry", async ({ enter, serve }) => {
    const gate = await gateTo(given("DATABASE_URL"));
    const server = await serve({ by: gate.url });
    const { ada } = await makeTeam();
    const page = await enter(ada, { at: "/settings/people", server });
    await expect(page.getByRole("table", { name: "People" })).toBeVisible();
    await gate.shut();
    for (const at of ["/settings/people", "/", "/sign-in"]) {
      const answer = await page.goto(at);
      expect(answer?.status()).toBe(500);
      await expect(page.getByRole("heading", { name: "Couldn't show this page" })).toBeVisible();
      await expect(page.getByRole("link", { name: "Go to Parley" })).toBeVisible();
      expect(await page.content()).not.toMatch(/ECONN|127\.0\.0\.1:\d+\/|postgres|[Pp]risma|node_modules/);
    }
    await expectAccessible(page);
    await page.goto("/settings/people");
    await settled(page);
    await gate.open();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("table", { name: "People" })).toBeVisible();
    await server.stop();
    await gate.shut();
  });
});

test.describe("when the layout around all pages throws", () => {
  test.use({ expectedNoise: /planted|status of 4\d\d|Minified React error/ });

  test("an error page in the chosen theme is left, and can retry", async ({ visit }) => {
    await makeTeam();
    const page = await visit({ at: "/sign-in" });
    await page.evaluate(() => localStorage.setItem("parley.theme", "dark normal"));
    // Makes a component of the layout throw: one that listens for keys on the window.
    await page.addInitScript(() => {
      if (sessionStorage.getItem("whole")) return;
      const listen = window.addEventListener.bind(window);
      window.addEventListener = ((name: string, listener: EventListener, options?: AddEventListenerOptions) => {
        if (name === "keydown") throw new Error("planted");
        listen(name, listener, options);
      }) as typeof window.addEventListener;
    });
    await page.reload();
    await expect(page.getByRole("heading", { name: "Couldn't show this page" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page).toHaveTitle("Error · Parley");
    expect(await page.content()).not.toContain("planted");
    await expectAccessible(page);
    for (const way of [
      page.getByRole("button", { name: "Try again" }),
      page.getByRole("link", { name: "Go to Parley" }),
    ]) {
      await page.evaluate(() => sessionStorage.removeItem("whole"));
      await page.reload();
      await expect(page.getByRole("heading", { name: "Couldn't show this page" })).toBeVisible();
      await page.evaluate(() => sessionStorage.setItem("whole", "yes"));
      await way.click();
      await expect(page.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible();
    }
  });
});
