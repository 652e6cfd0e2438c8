import { randomBytes, randomInt } from "node:crypto";
import { expect, it, vi } from "vitest";
import { rememberDevice } from "@/lib/server/cookie";
import { db } from "@/lib/server/db";
import { as, makeOrganization, makePerson, outcome, type TestPerson } from "@/tests/harness/people";
import { begin } from "./begin";

// `LIMIT_FACTOR` is not set, because these tests are about the real rate limits.
const password = "this is my password";
const fresh = () => randomBytes(6).toString("hex");
const person = async (role: "owner" | "admin" | "member" | "guest" = "member") =>
  makePerson(await makeOrganization(), { role, password });
/** A random address, of so many that no other test has it. */
const anywhere = () => `11.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
const signIn = (email: string, given: string = password, address = anywhere(), cookies: string | null = null) =>
  begin({ email, password: given }, { actor: null, address, cookies, userAgent: "a test", requestId: "" });
/** A password that is refused as too long, before it is hashed. */
const absurd = "x".repeat(1_001);
const tooOften = "Too many requests";
const outcomeOf = (trying: Promise<unknown>) =>
  trying.then(
    (begun) => (begun ? "yes" : "no"),
    (error: { code?: string }) => error.code,
  );
const lifeOf = async (who: TestPerson) => {
  const begun = await signIn(who.email);
  const { expiresAt, createdAt, personId } = await db().session.findUniqueOrThrow({
    where: { id: begun?.loginId ?? "" },
  });
  expect(personId).toBe(who.id);
  return Math.round((expiresAt.getTime() - createdAt.getTime()) / 3_600_000);
};

it("A session is stored for 90 days, whatever the role at the sign-in", async () => {
  const people = await Promise.all((["owner", "admin", "member", "guest"] as const).map(person));
  expect(await Promise.all(people.map(lifeOf))).toEqual(Array.from({ length: 4 }, () => 90 * 24));
});

it("A session begins by the clock of the database, though the clock of the process is an hour behind", async () => {
  const mia = await person();
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: now - 3_600_000 });
  const begun = await signIn(mia.email).finally(() => vi.useRealTimers());
  const session = await db().session.findUniqueOrThrow({ where: { id: begun?.loginId ?? "" } });
  for (const at of [session.createdAt, session.lastUsedAt]) expect(at.getTime()).toBeGreaterThan(now - 60_000);
});

it("An unknown e-mail, a wrong password, a malformed e-mail and a deactivated person get the same answer", async () => {
  const [mia, gone] = [await person(), await person()];
  expect(await signIn(gone.email)).not.toBeNull();
  await db().person.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
  expect(await signIn(mia.email, "not my password")).toBeNull();
  expect(await signIn(`${fresh()}@example.org`)).toBeNull();
  expect(await signIn("not an e-mail")).toBeNull();
  expect(await signIn(gone.email)).toBeNull();
  expect(await signIn(mia.email, "x".repeat(100_000))).toBeNull();
  expect(await signIn(mia.email)).not.toBeNull();
});

it("Whoever has left their only organization is told so after their password, and nobody else is", async () => {
  const mia = await person();
  await as(mia).do("organization.leave", {});
  await expect(signIn(mia.email)).rejects.toThrow("is no longer in any organization");
  expect(await signIn(mia.email, "not my password")).toBeNull();
  // An admin has deactivated her since.
  const later = new Date(Date.now() + 60_000);
  await db().person.update({ where: { id: mia.id }, data: { deactivatedAt: later } });
  expect(await signIn(mia.email)).toBeNull();
});

it("An unknown e-mail takes as long as a wrong password", async () => {
  const mia = await person();
  const quickest = async (email: () => string) => {
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      // Measures CPU time, so that a busy machine does not fail this test.
      const began = process.cpuUsage();
      await signIn(email(), "not my password");
      const used = process.cpuUsage(began);
      times.push(used.user + used.system);
    }
    return Math.min(...times);
  };
  const wrong = await quickest(() => mia.email);
  const unknown = await quickest(() => `${fresh()}@example.org`);
  expect(unknown / wrong).toBeGreaterThan(0.5);
  expect(unknown / wrong).toBeLessThan(2);
});

it("An e-mail in capitals, in full width or with spaces around it is the same account", async () => {
  const mia = await person();
  for (const email of [mia.email.toUpperCase(), mia.email.replace("example", "ｅｘａｍｐｌｅ"), ` ${mia.email} `]) {
    expect(await signIn(email), email).not.toBeNull();
  }
  for (const email of [`${mia.email},${mia.email}`, `${mia.email} x`, `Mia <${mia.email}>`]) {
    expect(await signIn(email), email).toBeNull();
  }
});

it.each(["known", "unknown"])(
  "After five wrong tries in a minute a %s account waits at that address, whatever the spelling, and nowhere else; then it goes on",
  async (which) => {
    const email = which === "known" ? (await person()).email : `${fresh()}@example.org`;
    const address = anywhere();
    for (let n = 0; n < 5; n++)
      expect(await signIn(n % 2 ? email.toUpperCase() : email, `guess number ${n}`, address)).toBeNull();
    await expect(signIn(email, password, address)).rejects.toThrow(tooOften);
    expect((await signIn(email)) !== null).toBe(which === "known");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    try {
      expect((await signIn(email, password, address)) !== null).toBe(which === "known");
    } finally {
      vi.useRealTimers();
    }
  },
);

it("All addresses of one IPv6 /64 network count as one address", async () => {
  const mia = await person();
  const network = `2001:db8:${randomInt(65_536).toString(16)}:7`;
  for (let n = 0; n < 5; n++) expect(await signIn(mia.email, "not my password", `${network}::${n + 1}`)).toBeNull();
  await expect(signIn(mia.email, password, `${network}:a:b:c:d`)).rejects.toThrow(tooOften);
  expect(await signIn(mia.email, password, `${network}1::1`)).not.toBeNull();
});

it("Attempts from many addresses lock an account for unknown browsers, but not for one that signed in recently", async () => {
  const [mia, ben] = [await person(), await person()];
  const [hers, his] = await Promise.all([mia, ben].map(({ accountId }) => rememberDevice(null, accountId)));
  for (let n = 0; n < 100; n++) await signIn(mia.email, absurd);
  await expect(signIn(mia.email)).rejects.toThrow(tooOften);
  await expect(signIn(mia.email, password, anywhere(), his)).rejects.toThrow(tooOften);
  const address = anywhere();
  expect(await signIn(mia.email, password, address, hers)).not.toBeNull();
  // A recognized browser has the same limit for wrong passwords.
  for (let n = 0; n < 5; n++) expect(await signIn(mia.email, absurd, address, hers)).toBeNull();
  await expect(signIn(mia.email, password, anywhere(), hers)).rejects.toThrow(tooOften);
});

it("Where everybody has one address, as behind an unconfigured proxy, five wrong passwords lock nobody else out", async () => {
  const mia = await person();
  for (let n = 0; n < 20; n++) expect(await signIn(mia.email, absurd, "127.0.0.1")).toBeNull();
  for (let n = 0; n < 60; n++) await signIn(`${fresh()}@example.org`, absurd, "127.0.0.1");
  expect(await signIn(mia.email, password, "127.0.0.1")).not.toBeNull();
});

it("If 500 people sign in at once, most get `busy`, and another person gets in within two seconds", async () => {
  const [mia, ben] = [await person(), await person()];
  const hers = await rememberDevice(null, mia.accountId);
  const flood = Array.from({ length: 500 }, () =>
    outcomeOf(signIn(`${fresh()}@example.org`, "password123", "192.0.2.66")),
  );
  const spread = Array.from({ length: 500 }, () => outcomeOf(signIn(`${fresh()}@example.org`, "password123")));
  const began = performance.now();
  expect(await signIn(mia.email, password, anywhere(), hers)).not.toBeNull();
  expect(performance.now() - began).toBeLessThan(2_000);
  const answers = await Promise.all([...flood, ...spread]);
  expect(performance.now() - began).toBeLessThan(6_000);
  expect(new Set(answers)).toEqual(new Set(["no", "busy", "rate_limited"]));
  expect(await signIn(ben.email)).not.toBeNull();
});

it("A sign-in waits behind one attempt of each other address, not behind all attempts of one address", async () => {
  const mia = await person();
  const order: string[] = [];
  const note = (who: string, trying: Promise<unknown>) =>
    outcomeOf(trying).then((answer) => order.push(`${who} ${answer}`));
  const flood = Array.from({ length: 10 }, () =>
    note("they", signIn(`${fresh()}@example.org`, "password123", "192.0.2.67")),
  );
  await Promise.all([...flood, note("mia", signIn(mia.email))]);
  expect(order.indexOf("mia yes")).toBeLessThan(8);
  expect(order).toHaveLength(11);
});

it("A successful sign-in resets the count of wrong passwords", async () => {
  const [mia, address] = [await person(), anywhere()];
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 4; n++) expect(await signIn(mia.email, "not my password", address)).toBeNull();
    expect(await signIn(mia.email, password, address)).not.toBeNull();
  }
});

it("An address that tries many accounts is limited, and others are not", async () => {
  const [address, mia] = [anywhere(), await person()];
  // These emails are well-formed, because all malformed emails share one limit.
  for (let n = 0; n < 50; n++) expect(await signIn(`${fresh()}@example.org`, absurd, address)).toBeNull();
  await expect(signIn(mia.email, password, address)).rejects.toThrow(tooOften);
  expect(await signIn(mia.email)).not.toBeNull();
});

it.each(["known", "unknown"])(
  "An invite lets nobody guess the password of a %s e-mail faster than the sign-in does",
  async (which) => {
    const [{ owner }, mia] = [await makeOrganization(), await person()];
    const { token } = await as(owner).do("invite.create", {});
    const email = which === "known" ? mia.email : `${fresh()}@example.org`;
    const here = { sessionId: null, address: anywhere() };
    const join = (given: string) => as(here).ask("invite.accept", { token, name: "Mia", email, password: given });
    for (let n = 0; n < 3; n++) await signIn(email, "not my password", here.address);
    for (let n = 0; n < 2; n++)
      if (which === "known") expect(outcome(await join(`guess number ${n}`))).toBe("conflict");
    for (let n = 0; n < 2; n++) if (which === "unknown") await signIn(email, "not my password", here.address);
    expect(outcome(await join(password))).toBe("rate_limited");
    await expect(signIn(email, password, here.address)).rejects.toThrow(tooOften);
  },
);

it("A signed-in person cannot guess a password faster than at the sign-in, by any operation", async () => {
  const mia = await person();
  const change = (current: string) => as(mia).ask("password.change", { current, next: "another password" });
  for (let n = 0; n < 5; n++) expect(outcome(await change(`guess number ${n}`))).toBe("forbidden");
  expect(outcome(await change(password))).toBe("rate_limited");
  // Others can still sign in to the account, because the wrong guesses count only against this session.
  expect(await signIn(mia.email)).not.toBeNull();
});
