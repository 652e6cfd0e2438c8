// The password link that the person who runs the server can make, for instance for the only owner.
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { nobody, signIn, trySignIn } from "./harness/login";
import { makeOrganization, makePerson, type TestPerson } from "./harness/people";
import { closeConnections } from "../scripts/test/connections";
import { command, writeInto } from "./installation";
import { newPlace, type Place, start, type Started } from "./started";

let place: Place;
let parley: Started;
let server: { url: string };
let owner: TestPerson;
let member: TestPerson;
beforeAll(async () => {
  place = await newPlace();
  parley = start(place, { LOG_LEVEL: "error" });
  await parley.says("Press Ctrl-C to stop");
  await writeInto(place);
  process.env.AUTH_SECRET = "of no meaning to what is tested here, but long enough";
  server = { url: `http://localhost:${place.port}` };
  const organization = await makeOrganization();
  await db().person.update({ where: { id: organization.owner.id }, data: { role: "member" } });
  owner = await makePerson(organization, { role: "owner", password: "forgotten for good" });
  member = await makePerson(organization, { password: "forgotten for good" });
}, 60_000);
afterAll(async () => {
  await closeConnections();
  parley.process.kill("SIGTERM");
  await parley.ended;
  rmSync(place.folder, { recursive: true, force: true });
});

const link = (...words: string[]) =>
  command("password-link", words, { dataDir: place.dataDir, env: { PORT: String(place.port) } });
const reset = (token: string, password: string) => nobody(server).rest("password.reset", { token, password });

test.each(["the only owner", "a member"])("A link made on the server lets %s set a new password once", async (who) => {
  const { email } = who === "a member" ? member : owner;
  const { code, said, refusal } = await link(` ${email.toUpperCase()}`);
  expect({ code, refusal }).toEqual({ code: 0, refusal: "" });
  const [, address = "", token = ""] = /^(.*)\/reset\/(\S+)$/m.exec(said) ?? [];
  expect(address).toBe(server.url);
  expect(await reset(token, "a newer horse battery")).toMatchObject({ ok: true, data: { email } });
  expect(await reset(token, "a third horse battery")).toMatchObject({ ok: false, error: { code: "gone" } });
  expect((await trySignIn(server, { email, password: "forgotten for good" })).status).toBe(401);
  await signIn(server, { email, password: "a newer horse battery" });
});

test.each([
  [["nobody@example.org"], "No active account signs in with nobody@example.org. Check the address"],
  [[], "Usage: npm run password-link -- ada@example.org"],
])("Asked for %j it makes nothing and says why", async (words, sentence) => {
  const before = await db().passwordReset.count();
  expect(await link(...words)).toMatchObject({ code: 1, refusal: expect.stringContaining(sentence) });
  expect(await db().passwordReset.count()).toBe(before);
});
