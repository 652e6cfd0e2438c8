import { randomBytes } from "node:crypto";
import { expect, it, vi } from "vitest";
import { db } from "@/lib/server/db";
import { as, makeOrganization, makePerson, nobody, outcome, type TestPerson } from "@/tests/harness/people";
import { begin } from "./begin";

// Limits are as they are: this is about them.
const password = "this is my password";
const fresh = () => randomBytes(6).toString("hex");
const person = async (role: "owner" | "admin" | "member" | "guest" = "member") =>
  makePerson(await makeOrganization(), { role, password });
const signIn = (email: string, given: string = password, address = fresh()) =>
  begin({ email, password: given, address, userAgent: "a test" });
const lifeOf = async (who: TestPerson) => {
  const begun = await signIn(who.email);
  const { expiresAt, createdAt, personId } = await db().session.findUniqueOrThrow({
    where: { id: begun?.sessionId ?? "" },
  });
  expect(personId).toBe(who.id);
  return Math.round((expiresAt.getTime() - createdAt.getTime()) / 3_600_000);
};

it("Owners and admins are signed in for 12 hours, everybody else for 90 days at most", async () => {
  const people = await Promise.all((["owner", "admin", "member", "guest"] as const).map(person));
  expect(await Promise.all(people.map(lifeOf))).toEqual([12, 12, 90 * 24, 90 * 24]);
});

it("An unknown e-mail, a wrong password, a malformed e-mail and a deactivated person get one answer: none", async () => {
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

it("An unknown e-mail takes as long as a wrong password", async () => {
  const mia = await person();
  const quickest = async (email: () => string) => {
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      // The processor's time, so that what else runs on this machine does not matter.
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
  "After five wrong tries in a minute a %s account waits, whatever the spelling and from wherever; then it goes on",
  async (which) => {
    const email = which === "known" ? (await person()).email : `${fresh()}@example.org`;
    for (let n = 0; n < 5; n++)
      expect(await signIn(n % 2 ? email.toUpperCase() : email, `guess number ${n}`)).toBeNull();
    await expect(signIn(email)).rejects.toThrow("rate_limited");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    try {
      const begun = await signIn(email);
      expect(begun !== null).toBe(which === "known");
    } finally {
      vi.useRealTimers();
    }
  },
);

it("Signing in gives the tries back", async () => {
  const mia = await person();
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 4; n++) expect(await signIn(mia.email, "not my password")).toBeNull();
    expect(await signIn(mia.email)).not.toBeNull();
  }
});

it("One address that tries many accounts waits, and others do not", async () => {
  const [address, mia] = [fresh(), await person()];
  // A malformed e-mail counts by its address too, but shares one account's limit: these are well-formed.
  const sprayed = Array.from({ length: 50 }, () => signIn(`${fresh()}@example.org`, "password123", address));
  expect(new Set(await Promise.all(sprayed))).toEqual(new Set([null]));
  await expect(signIn(mia.email, password, address)).rejects.toThrow("rate_limited");
  expect(await signIn(mia.email)).not.toBeNull();
});

it("Guessing the password of an account through an invite counts as trying to sign in", async () => {
  const [{ owner }, known] = [await makeOrganization(), await person()];
  const { token } = await as(owner).do("invite.create", {});
  const guess = (given: string) =>
    as(nobody()).ask("invite.accept", { token, name: "Mia", email: known.email, password: given });
  for (let n = 0; n < 5; n++) expect(outcome(await guess(`guess number ${n}`))).toBe("conflict");
  expect(outcome(await guess(password))).toBe("rate_limited");
  await expect(signIn(known.email)).rejects.toThrow("rate_limited");
});
