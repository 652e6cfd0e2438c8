import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  cookieName,
  cookiesOf,
  csrf,
  type Login,
  loginOf,
  loginWith,
  newcomer,
  signIn,
  trySignIn,
} from "./harness/login";
import { makeOrganization, makePerson, type Organization } from "./harness/people";
import { type RunningServer, startServer } from "./harness/server";

const password = "correct horse battery";

let server: RunningServer;
let strict: RunningServer;
let organization: Organization;
let visitor: Login;
beforeAll(async () => {
  // Behind one trusted proxy, so that each test can choose its address.
  const proxied = { TRUSTED_PROXIES: "1" };
  [server, strict] = await Promise.all([startServer(proxied), startServer({ ...proxied, LIMIT_FACTOR: "1" })]);
  organization = await makeOrganization();
  visitor = (await newcomer(server, organization)).login;
}, 60_000);
afterAll(() => Promise.all([server.stop(), strict.stop()]));

const from = (address: string) => ({ "x-forwarded-for": address });
const sessionOf = (answer: Response) => {
  const name = cookieName("session");
  return answer.headers.getSetCookie().filter((each) => each.startsWith(`${name}=`) && !each.startsWith(`${name}=;`));
};
const used = ["GET csrf", "POST callback/credentials", "POST signout"];

test("next-auth answers only the routes that our pages use", () => {
  const folder = path.join(import.meta.dirname, "../components/auth");
  const sources = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
  const asked = new Set(
    sources.flatMap((text) => [...text.matchAll(/"\/api\/auth\/([^"]+)"/g)].map(([, route]) => route)),
  );
  expect(asked).toEqual(new Set(used.map((route) => route.split(" ")[1])));
});

const actions = ["session", "csrf", "providers", "signin", "signout", "callback", "error", "verify-request", "_log"];
const routes = ["GET", "POST"].flatMap((method) =>
  actions.flatMap((action) => [action, `${action}/credentials`].map((route) => `${method} ${route}`)),
);

test.each(routes.filter((route) => !used.includes(route)))(
  "%s of next-auth is not there, and renews nothing",
  async (route) => {
    const [method, action] = route.split(" ") as [string, string];
    const form = await csrf(server);
    const answer = await visitor.fetch(`/api/auth/${action}`, {
      method,
      headers: { cookie: `${visitor.cookie}; ${form.cookie}` },
      ...(method === "POST" && { body: new URLSearchParams({ csrfToken: form.csrfToken, json: "true" }) }),
    });
    expect(answer.status).toBe(404);
    expect(answer.headers.getSetCookie()).toEqual([]);
  },
);

const nested = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
const form = "application/x-www-form-urlencoded";
const bodies: [string, string, string][] = [
  ["JSON", "application/json", JSON.stringify({ email: "mia@example.org", password })],
  ["JSON of lists in lists", "application/json", `{"a":${nested}}`],
  ["broken JSON", "application/json", '{"email":'],
  ["JSON null", "application/json", "null"],
  [
    "multipart",
    "multipart/form-data; boundary=x",
    '--x\r\ncontent-disposition: form-data; name="email"\r\n\r\nm\r\n--x--\r\n',
  ],
  ["broken multipart", "multipart/form-data", "--"],
  ["plain text", "text/plain", "email=mia@example.org"],
  ["no type", "", "email=mia@example.org"],
  ["a type that only holds the right one", `text/plain; x=${form}`, "email=mia@example.org"],
  ["a form of 100 KB", form, `email=${"x".repeat(100_000)}`],
  ["a form of 4,000 fields", form, "email=a&".repeat(4_000)],
];
const doors = used.filter((route) => route.startsWith("POST ")).map((route) => route.split(" ")[1] as string);

test.each(doors.flatMap((door) => bodies.map(([what, type, body]) => [door, what, type, body] as const)))(
  "POST %s refuses %s as the sender's mistake",
  async (door, _what, type, body) => {
    const answer = await fetch(`${server.url}/api/auth/${door}`, {
      method: "POST",
      headers: { origin: server.url, "content-type": type },
      body: new TextEncoder().encode(body),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.json()).toMatchObject({ ok: false, error: { message: expect.any(String) } });
  },
);

test.each([
  "email=%E0%A4%A&password=%",
  "email[]=a&password[x]=b",
  "&&&=&=",
  "email=mia%00@example.org&password=%00",
  "",
])("A form with %s signs nobody in", async (text) => {
  const { csrfToken, cookie } = await csrf(server);
  const answer = await fetch(`${server.url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { origin: server.url, cookie, "content-type": form },
    body: `csrfToken=${csrfToken}&json=true&${text}`,
  });
  expect(answer.status).toBe(401);
  expect(sessionOf(answer)).toEqual([]);
});

test("Signing out through next-auth ends the login for HTTP, for its sockets and for a copied cookie", async () => {
  const { login } = await newcomer(server, organization);
  const { login: other } = await newcomer(server, organization);
  const tab = await login.listen();
  expect((await login.fetch("/api/home")).status).toBe(200);
  const { csrfToken, cookie } = await csrf(server);
  const answer = await login.fetch("/api/auth/signout", {
    method: "POST",
    headers: { cookie: `${login.cookie}; ${cookie}` },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie().some((each) => each.startsWith(`${cookieName("session")}=;`))).toBe(true);
  await tab.until("the end", ({ disconnects }) => disconnects.length > 0);
  expect((await login.fetch("/api/home")).status).toBe(401);
  await expect(login.listen()).rejects.toThrow("unauthenticated");
  expect((await other.fetch("/api/home")).status).toBe(200);
});

test("Signing out without the CSRF token ends nothing", async () => {
  const { login } = await newcomer(server, organization);
  const body = new URLSearchParams({ json: "true" });
  await login.fetch("/api/auth/signout", { method: "POST", body });
  expect((await login.fetch("/api/home")).status).toBe(200);
});

test.each(["before", "after"])(
  "A cookie of the same name that stands %s ours and is garbage hides nothing",
  async (where) => {
    const { login } = await newcomer(server, organization);
    for (const garbage of ["x", "", "%E0%A4%A", "a".repeat(5_000)]) {
      const pair = [`${cookieName("session")}=${garbage}`, login.cookie];
      const both = loginWith(server.url, (where === "before" ? pair : pair.toReversed()).join("; "));
      expect((await both.fetch("/api/home")).status, garbage.slice(0, 10)).toBe(200);
      (await both.listen()).close();
      const page = await both.fetch("/sign-in");
      expect(page.headers.get("location"), "who is signed in goes on").toBe("/");
    }
  },
);

test("Too many sign-ins lock the account for their address, even with the right password, and for no other address", async () => {
  const [victim, other] = [await makePerson(organization, { password }), await makePerson(organization, { password })];
  const [here, there] = [from("198.51.100.1"), from("198.51.100.2")];
  await signIn(strict, { ...victim, password }, here);
  const answers = [];
  for (let time = 0; time < 6; time++) answers.push(await trySignIn(strict, { ...victim, password: "wrong" }, here));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
  expect(Number(answers[5]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await answers[5]?.json()).toMatchObject({
    ok: false,
    error: { code: "rate_limited" },
    url: expect.stringContaining("error=rate_limited"),
  });
  expect(sessionOf(await trySignIn(strict, { ...victim, password }, here))).toEqual([]);
  await signIn(strict, { ...victim, password }, there);
  await signIn(strict, { ...other, password }, here);

  // The same answer for a wrong password and for an unknown account.
  const [wrong, unknown] = [
    await trySignIn(strict, { ...other, password: "wrong" }, there),
    await trySignIn(strict, { email: "nobody@example.org", password: "wrong" }, there),
  ];
  expect([unknown.status, await unknown.text()]).toEqual([wrong.status, await wrong.text()]);
});

test("A browser that signed in is recognised by an HttpOnly cookie, and can sign in to an account that others have locked", async () => {
  const mia = await makePerson(organization, { password });
  const here = from("198.51.100.3");
  const first = await trySignIn(strict, { ...mia, password }, here);
  const set = first.headers.getSetCookie().find((each) => each.startsWith(`${cookieName("device")}=`)) ?? "";
  expect(set.toLowerCase().split("; ")).toEqual(expect.arrayContaining(["httponly", "samesite=lax", "path=/"]));
  const device = set.split(";")[0] as string;
  for (let time = 0; time < 5; time++) await trySignIn(strict, { ...mia, password: "wrong" }, here);
  expect((await trySignIn(strict, { ...mia, password }, here)).status).toBe(429);
  await signIn(strict, { ...mia, password }, { ...here, cookie: device });
  // This cookie is no session cookie, nor the reverse, and it is not valid for another account.
  const asLogin = loginWith(strict.url, device.replace("device", "session"));
  expect((await asLogin.fetch("/api/home")).status).toBe(401);
  const login = await loginOf(strict, mia);
  const other = await makePerson(organization, { password });
  const others = cookiesOf(await trySignIn(strict, { ...other, password }, from("198.51.100.4")));
  for (const cookie of [login.cookie.replace("session", "device"), others, `${cookieName("device")}=x`])
    expect((await trySignIn(strict, { ...mia, password }, { ...here, cookie })).status).toBe(429);
});

test("A browser that signed in can sign in again from an address that is over its limit", async () => {
  const mia = await makePerson(organization, { password });
  const here = from("198.51.100.5");
  const device = cookiesOf(await trySignIn(strict, { ...mia, password }, here));
  expect(device).toContain(`${cookieName("device")}=`);
  const ask = () => fetch(`${strict.url}/api/openapi.json`, { method: "HEAD", headers: here });
  for (let asked = 0, answer = 200; answer === 200 && asked < 1_000; asked += 20)
    answer = Math.max(...(await Promise.all(Array.from({ length: 20 }, ask))).map(({ status }) => status));
  expect((await ask()).status).toBe(429);
  expect((await trySignIn(strict, { ...mia, password }, here)).status).toBe(429);
  const alone = device.split("; ").find((each) => each.startsWith(cookieName("device"))) ?? "";
  await signIn(strict, { ...mia, password }, { ...here, cookie: alone });
});

test.each(["", "x", "x".repeat(31)])(
  "No server starts with the secret “%s”, and it says why in a sentence",
  async (AUTH_SECRET) => {
    await expect(startServer({ AUTH_SECRET })).rejects.toThrow(
      /AUTH_SECRET (must have at least 32 characters|is not set)/,
    );
  },
);
