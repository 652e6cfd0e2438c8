import type { Page } from "@playwright/test";
import { db } from "@/lib/server/db";
import { makePerson, type TestPerson } from "@/tests/harness/people";
import { expect, test } from "./fixtures";
import { composer, message, roomPath, settled } from "./screen";
import { makeTeam, sayAs, type Team } from "./team";

// The browser logs every error response.
test.use({ expectedNoise: /the server responded with a status of (4\d\d|503)/ });

const password = "correct horse battery";

/** A member of the team's room who can sign in by hand. */
async function addCleo({ organization, room }: Team): Promise<TestPerson> {
  const cleo = await makePerson(organization, { name: "Cleo Marsh", password });
  const { organizationId } = room;
  await db().membership.create({ data: { organizationId, roomId: room.id, personId: cleo.id } });
  return cleo;
}

const signInPage = (page: Page) => page.getByRole("heading", { name: "Sign in to Parley" });

async function signIn(page: Page, { email }: { email: string }, secret: string): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a wrong password is refused with a sentence and the e-mail stays; the right one leads to the requested page", async ({
  visit,
}) => {
  const team = await makeTeam();
  const cleo = await addCleo(team);
  const page = await visit({ at: roomPath(team.room) });
  await expect(signInPage(page)).toBeVisible();

  await test.step("an empty form says what is missing in each field", async () => {
    await page.getByRole("button", { name: "Sign in" }).click();
    const email = page.getByRole("textbox", { name: "Email" });
    await expect(email).toBeFocused();
    await expect(email).toHaveAccessibleDescription("This field is required.");
    await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription("This field is required.");
  });

  await signIn(page, cleo, "wrong horse battery");
  await expect(page.getByRole("alert").filter({ hasText: "Wrong email or password." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(cleo.email);
  await signIn(page, { email: "nobody@example.org" }, password);
  await expect(page.getByRole("alert").filter({ hasText: "Wrong email or password." })).toBeVisible();
  await signIn(page, cleo, password);
  await expect(composer(page)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(roomPath(team.room));
});

test("a sign-in retries while the server is busy; after too many attempts it says how long to wait", async ({
  visit,
}) => {
  const team = await makeTeam();
  const cleo = await addCleo(team);
  const page = await visit({ at: "/sign-in" });
  const refusals = [
    { status: 429, code: "rate_limited", retryAfterMs: 42_000 },
    { status: 503, code: "busy", retryAfterMs: 100 },
  ];
  await page.route("**/api/auth/callback/credentials", (route) => {
    const next = refusals.shift();
    if (!next) return route.continue();
    const { status, ...error } = next;
    return route.fulfill({ status, json: { ok: false, error: { message: "As the server says it.", ...error } } });
  });
  await signIn(page, cleo, password);
  await expect(page.getByRole("alert").filter({ hasText: "Wait 42 seconds and try again." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(cleo.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  expect(refusals).toEqual([]);
});

test("the set-up asks for the printed code, keeps what was typed, and can take the code from the URL", async ({
  visit,
  serve,
}) => {
  const server = await serve({ empty: true });
  const page = await visit({ server, at: "/" });
  await expect(page.getByRole("heading", { name: "Set up your team chat" })).toBeVisible();
  const code = page.getByRole("textbox", { name: "Setup code" });
  await expect(code).toHaveValue("");
  const typed = { Organization: "Larkfield", "Your name": "Ada Lovelace", Email: "ada@larkfield.example" };
  for (const [name, value] of Object.entries(typed)) await page.getByRole("textbox", { name }).fill(value);
  await page.getByLabel("Password", { exact: true }).fill(password);
  for (const [wrong, sentence] of [
    ["0000-0000-0000-0000", "That code isn't right. Use the one Parley printed when it started."],
    ["?", "That code isn't right."],
  ] as const) {
    await code.fill(wrong);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(code).toHaveAccessibleDescription(sentence);
    await expect(code).toBeFocused();
    await expect(code).toHaveValue(wrong);
  }
  for (const [name, value] of Object.entries(typed))
    await expect(page.getByRole("textbox", { name })).toHaveValue(value);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(password);

  const printed = new URL(server.setUpAt ?? "").hash;
  const other = await visit({ server, at: `/setup${printed}` });
  await expect(other.getByRole("textbox", { name: "Setup code" })).toHaveValue(printed.replace("#code=", ""));
  await code.fill(printed.replace("#code=", "").toUpperCase());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Your first rooms" })).toBeVisible();
});

test("signing out in one tab ends the other", async ({ enter }) => {
  const { ada, bo, room } = await makeTeam();
  const b = await enter(bo, { at: roomPath(room) });
  const second = await b.context().newPage();
  const heard: string[] = [];
  second.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
  await second.goto(roomPath(room));
  await sayAs(ada, { room }, ["To both tabs"]);
  await expect(message(second, "To both tabs")).toBeVisible();
  await expect.poll(() => heard.join("\n"), "by its socket").toContain("To both tabs");
  await b.getByRole("button", { name: "Larkfield" }).click();
  await b.getByRole("menuitem", { name: "Sign out Bo Larsen" }).click();
  await expect(signInPage(b)).toBeVisible();
  await expect(signInPage(second)).toBeVisible();
  await sayAs(ada, { room }, ["To nobody"]);
  expect(heard.join("\n")).toContain("To both tabs");
  expect(heard.join("\n")).not.toContain("To nobody");
});

test("a new password signs the other browser out at once, and this one stays", async ({ enter, visit }) => {
  const team = await makeTeam();
  const cleo = await addCleo(team);
  const [here, there] = await Promise.all([
    enter(cleo, { at: "/settings/account" }),
    visit({ at: roomPath(team.room) }),
  ]);
  await signIn(there, cleo, password);
  await expect(composer(there)).toBeVisible();
  await here.getByLabel("Current password", { exact: true }).fill("not that one");
  await here.getByLabel("New password", { exact: true }).fill("a newer horse battery");
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByLabel("Current password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await here.getByLabel("Current password", { exact: true }).fill(password);
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByText("Password changed. You're signed out everywhere else.")).toBeVisible();
  await expect(signInPage(there)).toBeVisible();
  await settled(there);
  await here.reload();
  await expect(
    here
      .getByRole("heading", { name: "Account", level: 2 })
      .or(here.getByRole("heading", { name: "Account" }))
      .first(),
  ).toBeVisible();
  await signIn(there, cleo, password);
  await expect(there.getByRole("alert").filter({ hasText: "Wrong email or password" })).toBeVisible();
  await signIn(there, cleo, "a newer horse battery");
  await expect(composer(there)).toBeVisible();
});

test("another browser is listed by its name and can be signed out", async ({ enter, visit }) => {
  const team = await makeTeam();
  const cleo = await addCleo(team);
  const there = await visit({
    at: roomPath(team.room),
    userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
  await signIn(there, cleo, password);
  await expect(composer(there)).toBeVisible();
  const here = await enter(cleo, { at: "/settings/account" });
  const rows = here.getByRole("main").getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("This device");
  await here.getByRole("button", { name: "Sign out Firefox on Windows" }).click();
  await here
    .getByRole("alertdialog", { name: "Sign out Firefox on Windows?" })
    .getByRole("button", { name: "Sign out" })
    .click();
  await expect(here.getByText("Signed out Firefox on Windows")).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expect(signInPage(there)).toBeVisible();
});

test("a password link made by an admin works once", async ({ enter, visit }) => {
  const team = await makeTeam();
  const cleo = await addCleo(team);
  const [a, before] = await Promise.all([
    enter(team.ada, { at: "/settings/people" }),
    enter(cleo, { at: roomPath(team.room) }),
  ]);
  await expect(composer(before)).toBeVisible();
  await a.getByRole("searchbox", { name: "Search people" }).fill("cleo");
  // Her row moves up when the others go.
  await expect(a.getByRole("row")).toHaveCount(2);
  await a.getByRole("button", { name: "Actions for Cleo Marsh" }).click();
  await a.getByRole("menuitem", { name: "Create password link" }).click();
  const dialog = a.getByRole("dialog", { name: "Password link for Cleo Marsh" });
  await dialog.getByRole("button", { name: "Create link" }).click();
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await expect(signInPage(before).or(composer(before))).toBeVisible();

  const page = await visit({ at: link });
  await page.getByLabel("New password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByLabel("New password", { exact: true })).toHaveAccessibleDescription("At least 10 characters.");
  await page.getByLabel("New password", { exact: true }).fill("quite another battery");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(composer(page)).toBeVisible();
  await expect(signInPage(before), "the login from before has ended").toBeVisible();

  const again = await visit({ at: link });
  await expect(again.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await expect(again.getByRole("textbox")).toHaveCount(0);
  await again.goto("/sign-in");
  await settled(again);
  await signIn(again, cleo, "a third horse battery");
  await expect(again.getByRole("alert").filter({ hasText: "Wrong email or password" })).toBeVisible();
});

test("a member who opens the settings of invites or people reads which role is needed and who has it", async ({
  enter,
}) => {
  const { bo } = await makeTeam();
  const page = await enter(bo, { at: "/settings/invites" });
  for (const place of ["invites", "people"]) {
    await test.step(place, async () => {
      if (place === "people") await page.goto("/settings/people");
      await expect(page.getByRole("heading", { name: "You don't have permission" })).toBeVisible();
      await expect(page.getByRole("main")).toContainText(/[Oo]wners and admins/);
      await expect(
        page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: /People|Invites/ }),
      ).toHaveCount(0);
      await page.getByRole("main").getByRole("link", { name: "Back to Parley" }).click();
      await expect(composer(page)).toBeVisible();
    });
  }
});
