import { encode } from "next-auth/jwt";
import { beforeAll, expect, test, vi } from "vitest";
import { deviceIdFrom, deviceIdOfAccount, loginFrom, rememberDevice, loginToken } from "./cookie";
import { cookieName } from "./cookie-name";

const secret = "a secret that is long enough for any test";
beforeAll(() => {
  process.env.AUTH_SECRET = secret;
  process.env.DATABASE_URL = "postgres://nobody@localhost/nothing";
});

const login = { loginId: "019a5e0c-4b7e-7c1d-9f00-2b6a1c3d4e5f", accountId: "019a5e0c-4b7e-7c1d-9f00-000000000000" };
const session = (token: string) => `${cookieName("session")}=${token}`;
const device = (token: string) => `${cookieName("device")}=${token}`;
const deviceSalt = "parley: a browser that signed in";
const encrypted = (token: object, salt = "", maxAge = 60) => encode({ token: { ...token }, secret, salt, maxAge });

test("Of two cookies of one name the valid one counts, whichever comes first", async () => {
  const token = loginToken(login, 60);
  const good = session(token);
  const other = session(loginToken({ ...login, loginId: login.accountId }, 60));
  for (const bad of ["x", "", token.slice(0, -1), loginToken(login, -1), "a".repeat(5_000), "v1.1.a.b"]) {
    expect(await loginFrom(`${session(bad)}; ${good}`), bad).toEqual(login);
    expect(await loginFrom(`${good}; ${session(bad)}`), bad).toEqual(login);
  }
  expect(await loginFrom(`${good}; ${other}`)).toEqual(login);
});

test("After three cookies of one name no more are tried", async () => {
  const good = session(loginToken(login, 60));
  const bad = session("x");
  expect(await loginFrom([bad, bad, good].join("; "))).toEqual(login);
  expect(await loginFrom([bad, bad, bad, good].join("; "))).toBeNull();
});

test("A device's token is no login, and a login's token is no device", async () => {
  const set = await rememberDevice(null, login.accountId);
  const token = set.slice(set.indexOf("=") + 1, set.indexOf(";"));
  expect(await deviceIdFrom(device(token))).toEqual(expect.any(String));
  expect(await loginFrom(session(token))).toBeNull();
  expect(await deviceIdFrom(device(loginToken(login, 60)))).toBeNull();
});

test("A browser is recognized by the last five accounts that signed in there, under one id", async () => {
  const accounts = Array.from({ length: 6 }, (_, n) => `019a5e0c-4b7e-7c1d-9f00-00000000000${n}`);
  let header: string | null = null;
  for (const account of accounts) header = ((await rememberDevice(header, account)).split(";")[0] as string) || null;
  const id = await deviceIdFrom(header);
  const found = await Promise.all(accounts.map((account) => deviceIdOfAccount(header, account)));
  expect(found).toEqual([null, id, id, id, id, id]);
});

test("The encrypted cookies of the version before are still read, each for its purpose only, until they expire", async () => {
  const { loginId: sid, accountId: acc } = login;
  expect(await loginFrom(session(await encrypted({ sid, acc })))).toEqual(login);
  expect(await loginFrom(session(await encrypted({ sid })))).toEqual({ loginId: sid, accountId: sid });
  const browser = { did: "a browser", accounts: [acc] };
  expect(await deviceIdOfAccount(device(await encrypted(browser, deviceSalt)), acc)).toBe("a browser");
  expect(await loginFrom(session(await encrypted({ sid, acc }, deviceSalt)))).toBeNull();
  expect(await deviceIdFrom(device(await encrypted(browser)))).toBeNull();
  expect(await loginFrom(session(await encrypted({ sid, acc }, "", -60)))).toBeNull();
  const elsewhere = await encode({ token: { sid, acc }, secret: "another secret, as long as it has to be" });
  expect(await loginFrom(session(elsewhere))).toBeNull();
});

test("A session cookie is over when its time is, without a question to the database", async () => {
  vi.useFakeTimers();
  const header = session(loginToken(login, 60));
  expect(await loginFrom(header)).toEqual(login);
  vi.advanceTimersByTime(60_000);
  expect(await loginFrom(header)).toBeNull();
  vi.useRealTimers();
});
