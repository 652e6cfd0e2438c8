// The HTML of the pages before the chat and of unknown addresses, before any script has run.
import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/scripts/migrate.mjs";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { hashToken, newToken } from "@/lib/server/secret";
import { type Login, loginOf, nobody } from "./harness/login";
import { makePerson } from "./harness/people";
import { raw, request } from "./harness/raw";
import { makeWorld, type World } from "./harness/samples";
import { type RunningServer, startServer } from "./harness/server";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
let alone: RunningServer;
let world: World;
let stranger: Login;
let member: Login;
beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/pages-${randomBytes(6).toString("hex")}`;
  await migrate(url.href);
  alone = await startServer({ DATABASE_URL: url.href });
  world = await makeWorld();
  stranger = nobody(server);
  member = await loginOf(server, world.member);
}, 60_000);
afterAll(() => alone.stop());

/** The visible text of a page's HTML. */
const textOf = (html: string) =>
  html
    .replace(/<(script|style|template)\b.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");

const nowhere = [
  "/nowhere",
  "/nowhere/at/all",
  "/settings/nowhere",
  "/rooms",
  "/join",
  "/reset",
  "/rooms/x/y",
  "/o",
  "/sign-in/x",
];

test.each(nowhere)("%s shows our 404 page with a link home, signed in and signed out", async (path) => {
  for (const who of [stranger, member]) {
    const answer = await who.fetch(path);
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(textOf(html)).toContain("There's no page here");
    expect(html).toMatch(/<a [^>]*href="\/"/);
    expect(html, "the chosen theme").toContain("localStorage.getItem");
  }
});

test.each(["/%", "/%E0%A4%A", "/rooms/%", "/settings/%c3", "/%?x=%"])(
  "%s, which nobody can read, is the same 404, and JSON for the API",
  async (path) => {
    const host = `127.0.0.1:${server.port}`;
    const page = await raw(server, request(`GET ${path}`, { host, accept: "text/html" }));
    expect(page).toMatch(/^HTTP\/1\.1 404 /);
    expect(textOf(page)).toContain("There's no page here");
    const api = await raw(server, request(`GET /api${path}`, { host }));
    expect(api).toMatch(/^HTTP\/1\.1 404 /);
    expect(api).toContain('"code":"not_found"');
  },
);

/** Names that must not be shown to somebody with an invalid link. */
const named = () => [
  world.owner.name,
  world.member.name,
  world.member.email,
  world.room.name ?? "",
  world.organization.id,
];

const resets: [string, object, string][] = [
  ["was used", { usedAt: new Date() }, "This link no longer works"],
  ["has expired", { expiresAt: new Date() }, "This link has expired"],
  ["was made by somebody who may not any more", { makerId: null }, "This link was revoked"],
];
test.each(resets)("A password link that %s says so in the first HTML and shows no name", async (_, state, title) => {
  const { id: organizationId } = world.organization;
  const token = newToken();
  // A link for an owner that has no stored creator does not work.
  const personId = "makerId" in state ? world.owner.id : world.member.id;
  const good = { makerId: world.owner.id, expiresAt: new Date(Date.now() + 60_000) };
  const data = { id: uuidv7(), organizationId, personId, tokenHash: hashToken(token), ...good };
  await db().passwordReset.create({ data });
  expect(textOf(await (await stranger.fetch(`/reset/${token}`)).text())).toContain("Choose a new password");
  await db().passwordReset.update({ where: { id: data.id }, data: state });
  await readsDead(`/reset/${token}`, title);
});

const invites: [string, object, string][] = [
  ["has expired", { expiresAt: new Date() }, "This invite has expired"],
  ["is used up", { maxUses: 1, uses: 1 }, "This invite has been used up"],
  ["was revoked", { revokedAt: new Date() }, "This invite was revoked"],
];
test.each(invites)("An invite that %s says so in the first HTML and shows no name", async (_, state, title) => {
  const { id: organizationId } = world.organization;
  const token = newToken();
  const data = { id: uuidv7(), organizationId, creatorId: world.owner.id, tokenHash: hashToken(token) };
  await db().invite.create({ data });
  expect(textOf(await (await stranger.fetch(`/join/${token}`)).text())).toContain(world.owner.name);
  await db().invite.update({ where: { id: data.id }, data: state });
  await readsDead(`/join/${token}`, title);
});

test.each(["x", "%00", "..%2f", "a".repeat(200), newToken()])("A link that never was (%s) says so", async (token) => {
  await readsDead(`/reset/${token}`, "This link isn't valid");
  await readsDead(`/join/${token}`, "This invite isn't valid");
});

async function readsDead(path: string, title: string): Promise<void> {
  const html = await (await stranger.fetch(path)).text();
  expect(textOf(html)).toContain(title);
  expect(textOf(html)).toMatch(/[Aa]sk /);
  expect(html).not.toMatch(/<input\b/);
  for (const name of named().filter(Boolean)) expect(html).not.toContain(name);
}

test("The sign-in page shows the organization's name if there is only one, and never a person's name", async () => {
  const owner = {
    organization: "Larkfield",
    name: "Ada Lovelace",
    email: "ada@example.org",
    password: "a long password",
  };
  const code = new URLSearchParams(new URL(alone.setUpAt ?? "").hash.slice(1)).get("code");
  await nobody(alone).rest("organization.setup", { ...owner, code });
  const html = await (await nobody(alone).fetch("/sign-in")).text();
  expect(textOf(html)).toMatch(/Sign in to\s+Larkfield/);
  expect(textOf(html)).toMatch(/Ask an admin\s+of\s+Larkfield\s+for an invite link/);
  expect(html).not.toMatch(/Ada|ada@example/);
  expect(textOf(await (await stranger.fetch("/sign-in")).text())).toMatch(/Sign in to\s+Parley/);
});

test("The sign-in page says why a login ended and leads back to the requested page", async () => {
  const person = await makePerson(world.organization);
  const login = await loginOf(server, person);
  const { home, setting, room } = pathsOf(world.organization.handle);
  expect((await login.fetch(setting("account"))).status).toBe(200);
  await db().session.update({ where: { id: person.sessionId }, data: { revokedAt: new Date(), endedBy: "elsewhere" } });
  const led = await login.fetch(`${room(world.room.id, "members")}&_rsc=abc`);
  expect(led.status).toBe(307);
  const next = encodeURIComponent(room(world.room.id, "members"));
  expect(led.headers.get("location")).toBe(`/sign-in?next=${next}`);
  const read = async (who: Login) => textOf(await (await who.fetch(`/sign-in?next=${home}`)).text());
  expect(await read(login)).toContain("You signed this browser out from another device.");
  expect(await read(stranger)).not.toContain("signed");
});
