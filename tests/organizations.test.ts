// An account in two organizations, in one browser: both doors, the pages, signing out and deactivation.
import { uuidv7 } from "uuidv7";
import { beforeAll, expect, test } from "vitest";
import { organizationHeader } from "@/lib/contract/organization-header";
import { pathsOf } from "@/lib/contract/paths";
import { db } from "@/lib/server/db";
import { openTab } from "./harness/client";
import {
  cookieName,
  cookiesOf,
  csrf,
  data,
  inOrganization,
  type Login,
  loginOf,
  loginWith,
  signIn,
} from "./harness/login";
import {
  joinAs,
  joinOrganization,
  makeOrganization,
  makePerson,
  makeRoom,
  type Organization,
  type TestPerson,
  type TestRoom,
} from "./harness/people";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
const password = "this is my password";

interface Place {
  organization: Organization;
  person: TestPerson;
  room: TestRoom;
  /** The browser, in this organization. */
  login: Login;
}
interface Given {
  /** The browser, without a name of an organization. */
  login: Login;
  first: Place;
  second: Place;
}

async function makePlace(organization: Organization, person: TestPerson, login: Login): Promise<Place> {
  const room = await makeRoom(organization);
  await joinAs("member", room, organization.owner, person);
  return { organization, person, room, login: inOrganization(login, organization) };
}

/** Mia in two organizations, with a room in each, and her browser. */
async function setting(): Promise<Given> {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const mia = await makePerson(one, { password });
  const there = await joinOrganization(mia, two);
  const login = await loginOf(server, mia);
  return { login, first: await makePlace(one, mia, login), second: await makePlace(two, there, login) };
}

let given: Given;
let stranger: Organization;
beforeAll(async () => {
  given = await setting();
  stranger = await makeOrganization();
});

const refusalOf = (trying: Promise<unknown>) =>
  trying.then(
    () => null,
    ({ message, cause }: Error) => ({ message, cause: cause ?? null }),
  );

test("Each request and each socket acts as the person of the organization that it names", async () => {
  for (const { organization, person, room, login } of [given.first, given.second]) {
    const home = data(await login.rest("home.show", {}));
    expect(home.me.id).toBe(person.id);
    expect(home.organization).toMatchObject({ id: organization.id, handle: organization.handle });
    expect(home.rooms.map((entry) => entry.room.id)).toEqual([room.id]);
    const tab = await login.listen();
    expect((await tab.ask("home.show", {})) as object).toMatchObject({ ok: true, data: { me: { id: person.id } } });
    tab.close();
    const shouted = inOrganization(login, { handle: organization.handle.toUpperCase() });
    expect(data(await shouted.rest("home.show", {})).me.id).toBe(person.id);
  }
});

test("Without a name, both doors answer `invalid_input` and say where to put it", async () => {
  const { login } = given;
  const answer = await login.fetch("/api/home");
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    ok: false,
    error: { code: "invalid_input", fields: { [organizationHeader]: expect.any(String) } },
  });
  expect(await refusalOf(login.listen())).toMatchObject({
    message: expect.stringContaining("invalid_input"),
    cause: { code: "invalid_input", fields: { "auth.organization": expect.any(String) } },
  });
  // What needs no session needs no name.
  expect((await login.fetch("/api/join/aaaaaaaaaaaaaaaaaaaaaaaa")).status).toBe(200);
});

test("Whoever is in one organization need not name it", async () => {
  const mia = await makePerson(stranger);
  const login = await loginOf(server, mia);
  expect(data(await login.rest("home.show", {})).me.id).toBe(mia.id);
  (await login.listen()).close();
});

test("An organization that one is not in, one that does not exist and a malformed name are answered alike at both doors", async () => {
  const names = [stranger.handle, "nowhere", "", "../x", stranger.id, "x".repeat(5_000)];
  for (const login of [given.login, await loginOf(server, given.first.organization.owner)]) {
    const answers = names.map(async (handle) => {
      const there = inOrganization(login, { handle });
      const answer = await there.fetch("/api/home");
      return { status: answer.status, body: await answer.text(), socket: await refusalOf(there.listen()) };
    });
    const [foreign, ...others] = await Promise.all(answers);
    expect(foreign).toMatchObject({
      status: 401,
      socket: { message: "The socket was refused: unauthenticated", cause: null },
    });
    for (const other of others) expect(other).toEqual(foreign);
  }
});

test("A socket hears its own organization only, although both belong to one login", async () => {
  const [here, there] = [await given.first.login.listen(), await given.second.login.listen()];
  const say = async ({ organization, room }: Place, body: string) =>
    data(await (await loginOf(server, organization.owner)).rest("message.send", { roomId: room.id, body }));
  await say(given.second, "Only there");
  await say(given.first, "Only here");
  await here.until("its message", () => here.rows(given.first.room.id).length > 0);
  await there.until("its message", () => there.rows(given.second.room.id).length > 0);
  expect(here.rows(given.second.room.id)).toEqual([]);
  expect(there.rows(given.first.room.id)).toEqual([]);
  const foreign = await here.ask("message.send", { roomId: given.second.room.id, body: "From here" });
  expect(foreign).toMatchObject({ ok: false, error: { code: "not_found" } });
  here.close();
  there.close();
});

test("Two tabs with one storage, one in each organization, send only their own unsent messages", async () => {
  const { createMemoryStorage } = await import("@/lib/client/outbox-storage");
  const storage = createMemoryStorage();
  const entry = ({ person, room }: Place) => ({
    id: uuidv7(),
    personId: person.id,
    roomId: room.id,
    body: `Unsent in ${room.name}`,
    createdAt: Date.now(),
    state: "waiting" as const,
  });
  const places = [given.first, given.second];
  for (const place of places) await storage.put(entry(place));
  for (const place of places) {
    const tab = await openTab(place.login, undefined, storage);
    const sent = async () => data(await place.login.rest("message.list", { roomId: place.room.id })).messages;
    await expect.poll(async () => (await sent()).map(({ body }) => body)).toContain(`Unsent in ${place.room.name}`);
    await expect.poll(() => storage.list(place.person.id)).toEqual([]);
    expect(tab.stores.rooms.getState().organization.handle).toBe(place.organization.handle);
    tab.stop();
    // The other one's message still waits for its own tab.
    const others = places.filter((each) => each !== place && each === given.second);
    for (const other of others) expect(await storage.list(other.person.id)).toHaveLength(1);
  }
});

test("Signing in begins a session in both organizations, and signing out in one ends both and their sockets", async () => {
  const { first, second } = await setting();
  const browser = await signIn(server, { ...first.person, password });
  const [here, there] = [inOrganization(browser, first.organization), inOrganization(browser, second.organization)];
  const tabs = [await here.listen(), await there.listen()];
  data(await here.rest("session.end", {}));
  for (const tab of tabs) await tab.until("the end", ({ byes }) => byes.some(({ reason }) => reason === "signed_out"));
  for (const login of [here, there, browser]) {
    expect((await login.fetch("/api/home")).status).toBe(401);
    await expect(login.listen()).rejects.toThrow("unauthenticated");
  }
  // The login that the person has in another browser goes on.
  expect((await second.login.fetch("/api/home")).status).toBe(200);
});

test("The form signs out of both organizations without naming one", async () => {
  const { login, first, second } = await setting();
  const tabs = [await first.login.listen(), await second.login.listen()];
  const { csrfToken, cookie } = await csrf(server);
  const answer = await login.fetch("/api/auth/signout", {
    method: "POST",
    headers: { cookie: `${login.cookie}; ${cookie}` },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  expect(answer.headers.getSetCookie().some((each) => each.startsWith(`${cookieName("session")}=;`))).toBe(true);
  for (const tab of tabs) await tab.until("the end", ({ disconnects }) => disconnects.length > 0);
  for (const each of [first, second]) expect((await each.login.fetch("/api/home")).status).toBe(401);
});

test("Signing in again ends the login that the browser had, in both organizations", async () => {
  const { login, first, second } = await setting();
  const tab = await second.login.listen();
  const again = await signIn(server, { ...first.person, password }, { cookie: login.cookie });
  await tab.until("the end", ({ disconnects }) => disconnects.length > 0);
  expect((await first.login.fetch("/api/home")).status).toBe(401);
  expect((await inOrganization(again, second.organization).fetch("/api/home")).status).toBe(200);
});

test("Leaving an organization ends its requests and sockets and no others, and its pages say why", async () => {
  const { login, first, second } = await setting();
  const [here, there] = [await first.login.listen(), await second.login.listen()];
  data(await second.login.rest("organization.leave", {}));
  await there.until("the end", ({ byes }) => byes.some(({ reason }) => reason === "signed_out"));
  expect((await second.login.fetch("/api/home")).status).toBe(401);
  expect(await here.ask("home.show", {})).toMatchObject({ ok: true });
  expect(here.heard.disconnects).toEqual([]);
  here.close();
  expect(await followed(login, "/")).toEqual({ status: 307, to: pathsOf(first.organization.handle).home });
  const { home } = pathsOf(second.organization.handle);
  const signInPath = `/sign-in?next=${encodeURIComponent(home)}`;
  expect(await followed(login, home)).toEqual({ status: 307, to: signInPath });
  const page = await (await login.fetch(signInPath)).text();
  const { name } = await db().organization.findUniqueOrThrow({ where: { id: second.organization.id } });
  expect(page).toContain(`You left <bdi>${name}</bdi>.`);
  expect(page).toContain(`href="${pathsOf(first.organization.handle).home}"`);
});

test("The organizations of an account are listed without naming one, over HTTP, and nothing of others is", async () => {
  const { login, first, second } = await setting();
  const { organizations } = data(await login.rest("organization.list", {}));
  expect(organizations.map(({ id }) => id).toSorted()).toEqual(
    [first.organization.id, second.organization.id].toSorted(),
  );
  for (const { login: each, organization } of [first, second]) {
    const answer = data(await each.rest("organization.list", {}));
    expect(answer.organizations.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([organization.id]);
    const tab = await each.listen();
    expect(await tab.ask("organization.list", {})).toEqual({ ok: true, data: answer });
    tab.close();
  }
  // A name that is not theirs is refused, although the operation needs none.
  for (const handle of [stranger.handle, "nowhere"])
    expect((await inOrganization(login, { handle }).fetch("/api/organizations")).status).toBe(401);
  expect((await loginWith(server.url, "").fetch("/api/organizations")).status).toBe(401);
});

test("What is unread in another organization is told in the list alone, until the session there has ended", async () => {
  const { first, second } = await setting();
  const tab = await first.login.listen();
  const owner = await loginOf(server, second.organization.owner);
  data(await owner.rest("message.send", { roomId: second.room.id, body: "Only there" }));
  const news = async () => {
    const { organizations } = data(await first.login.rest("organization.list", {}));
    return organizations.find(({ id }) => id === second.organization.id);
  };
  expect(await news()).toMatchObject({ isSignedIn: true, isUnread: true, waiting: 0 });
  expect(JSON.stringify(await news())).not.toContain(second.room.id);
  await db().session.update({ where: { id: second.person.sessionId }, data: { revokedAt: new Date() } });
  expect(await news()).toMatchObject({ isSignedIn: false, isUnread: false });
  expect(tab.rows(second.room.id)).toEqual([]);
  tab.close();
});

test("The page that asks for the organization lists them, the one that was used last first, and is only for several", async () => {
  const { login, first, second } = await setting();
  const text = async () => (await login.fetch("/organizations")).text();
  for (const [last, other] of [
    [first, second],
    [second, first],
  ] as const) {
    await db().session.update({
      where: { id: other.person.sessionId },
      data: { lastUsedAt: new Date(Date.now() - 5_000) },
    });
    await db().session.update({ where: { id: last.person.sessionId }, data: { lastUsedAt: new Date() } });
    const html = await text();
    const [one, two] = [last, other].map(({ organization }) =>
      html.indexOf(`href="${pathsOf(organization.handle).home}"`),
    );
    expect(one).toBeGreaterThan(0);
    expect(two).toBeGreaterThan(one as number);
    expect(html).not.toContain(stranger.handle);
  }
  const alone = await loginOf(server, stranger.owner);
  expect(await followed(alone, "/organizations")).toEqual({ status: 307, to: pathsOf(stranger.handle).home });
  const signInFirst = { status: 307, to: `/sign-in?next=${encodeURIComponent("/organizations")}` };
  expect(await followed(loginWith(server.url, ""), "/organizations")).toEqual(signInFirst);
});

test("Deactivation in one organization ends that one's requests and sockets, and no others", async () => {
  const { login, first, second } = await setting();
  const [here, there] = [await first.login.listen(), await second.login.listen()];
  await db().person.update({ where: { id: second.person.id }, data: { deactivatedAt: new Date() } });
  await there.until("the end", ({ disconnects }) => disconnects.length > 0);
  expect((await second.login.fetch("/api/home")).status).toBe(401);
  expect(await here.ask("home.show", {})).toMatchObject({ ok: true });
  expect((await first.login.fetch("/api/home")).status).toBe(200);
  // The account is in one organization now, so it need not name it.
  expect(data(await login.rest("home.show", {})).me.id).toBe(first.person.id);
  expect(here.heard.disconnects).toEqual([]);
  here.close();
});

test("A cookie and a session of the previous version stay valid", async () => {
  const organization = await makeOrganization();
  const mia = await makePerson(organization);
  const sessionId = uuidv7();
  // As the previous version writes it: without a login.
  await db().$executeRaw`INSERT INTO "Session" (id, "organizationId", "personId", "expiresAt")
    VALUES (${sessionId}::uuid, ${organization.id}::uuid, ${mia.id}::uuid, now() + interval '1 day')`;
  const login = await loginOf(server, { sessionId, accountId: mia.accountId });
  expect(data(await login.rest("home.show", {}))).toMatchObject({ sessionId, me: { id: mia.id } });
  (await login.listen()).close();
  expect(
    data(await login.rest("session.list", {}))
      .sessions.map(({ id }) => id)
      .toSorted(),
  ).toEqual([mia.sessionId, sessionId].toSorted());
  data(await login.rest("session.end", {}));
  expect((await login.fetch("/api/home")).status).toBe(401);
});

const followed = async (login: Login, path: string) => {
  const answer = await login.fetch(path);
  return { status: answer.status, to: answer.headers.get("location") };
};

test("The start page and addresses without an organization lead to the one that was used last", async () => {
  const { login, first, second } = await setting();
  const use = (place: Place, at: number) =>
    db().session.update({ where: { id: place.person.sessionId }, data: { lastUsedAt: new Date(Date.now() - at) } });
  const [firstPaths, secondPaths] = [pathsOf(first.organization.handle), pathsOf(second.organization.handle)];
  await use(first, 20_000);
  await use(second, 10_000);
  expect(await followed(login, "/")).toEqual({ status: 307, to: secondPaths.home });
  await use(first, 5_000);
  expect(await followed(login, "/")).toEqual({ status: 307, to: firstPaths.home });
  expect(await followed(login, "/?from=mail")).toEqual({ status: 307, to: `${firstPaths.home}?from=mail` });
  // A visit to the other one counts, too.
  await login.fetch(secondPaths.browse);
  expect(await followed(login, "/")).toEqual({ status: 307, to: secondPaths.home });
  await use(second, 10_000);
  const { id } = first.room;
  const moved = [
    ["/browse", firstPaths.browse],
    [`/rooms/${id}?panel=members`, firstPaths.room(id, "members")],
    ["/settings", firstPaths.settings],
    ["/settings/people?_rsc=x", firstPaths.setting("people")],
  ] as const;
  for (const [from, to] of moved) expect(await followed(login, from), from).toEqual({ status: 307, to });
  for (const { login: each, organization } of [first, second])
    expect((await each.fetch(pathsOf(organization.handle).browse)).status).toBe(200);
});

test("A handle in capitals or encoded leads to the one address of the page", async () => {
  const { login, organization, room } = given.first;
  const { home } = pathsOf(organization.handle);
  const shouted = home.replace(organization.handle, organization.handle.toUpperCase());
  const encoded = home.replace(organization.handle, `%6F${organization.handle.slice(1)}`);
  expect(await followed(login, encoded)).toEqual({ status: 307, to: home });
  for (const rest of [`/rooms/${room.id}?panel=details`, "/settings/account", ""])
    expect(await followed(login, shouted + rest)).toEqual({ status: 307, to: home + rest });
});

test("An organization that one is not in has the page of one that does not exist; signed out, both lead to the sign-in", async () => {
  const text = async (login: Login, handle: string, rest = "") => {
    const answer = await login.fetch(pathsOf(handle).home + rest);
    const html = (await answer.text()).replaceAll(handle, "HANDLE").replaceAll(/nonce="[^"]*"/g, "");
    return { status: answer.status, text: html.replace(/<(script|style|template)\b.*?<\/\1>/gs, "") };
  };
  for (const rest of ["", "/browse", "/settings/people"]) {
    const foreign = await text(given.login, stranger.handle, rest);
    expect(foreign.status).toBe(404);
    expect(await text(given.login, "nowhere", rest)).toEqual(foreign);
  }
  const nobody = loginWith(server.url, "");
  for (const handle of [stranger.handle, "nowhere"]) {
    const { home } = pathsOf(handle);
    expect(await followed(nobody, home)).toEqual({ status: 307, to: `/sign-in?next=${encodeURIComponent(home)}` });
  }
});

test("A session that has ended in one organization leads to the sign-in page, which says why and does not lead back", async () => {
  const { login, first, second } = await setting();
  await db().session.update({ where: { id: second.person.sessionId }, data: { expiresAt: new Date() } });
  const { home } = pathsOf(second.organization.handle);
  const signInPath = `/sign-in?next=${encodeURIComponent(home)}`;
  expect(await followed(login, home)).toEqual({ status: 307, to: signInPath });
  const page = await login.fetch(signInPath);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("You were signed in for as long as Parley allows.");
  expect(await followed(login, "/")).toEqual({ status: 307, to: pathsOf(first.organization.handle).home });
  const again = await signIn(server, { ...first.person, password }, { cookie: login.cookie });
  expect(await followed(again, signInPath)).toEqual({ status: 307, to: home });
  expect((await again.fetch(home)).status).toBe(200);
});

test("Organizations are not named before the password was right", async () => {
  const { first, second } = await setting();
  const { csrfToken, cookie } = await csrf(server);
  const answer = await fetch(`${server.url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { origin: server.url, cookie },
    body: new URLSearchParams({ csrfToken, email: first.person.email, password: "wrong", json: "true" }),
  });
  const said = (await answer.text()) + cookiesOf(answer);
  for (const { organization } of [first, second])
    for (const word of [organization.id, organization.handle]) expect(said).not.toContain(word);
});
