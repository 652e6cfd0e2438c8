import { beforeAll, expect, test } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import { type OperationName, operations } from "@/lib/contract/index";
import { parseRoute, type Route, routesOf } from "@/lib/contract/route";
import { alike } from "./harness/alike";
import type { Listener } from "./harness/listener";
import { data, type Login, loginOf, nobody } from "./harness/login";
import { sharedServer } from "./harness/shared-server";
import { makeOrganization } from "./harness/people";
import { makeWorld, samples, type World } from "./harness/samples";
import { whoMay } from "./harness/who-may";

const server = sharedServer();
let elsewhere: World;
beforeAll(async () => {
  elsewhere = await makeWorld();
});

/** One of several equal worlds. Each is called through one door: the socket, or one of the routes over HTTP. */
interface Side {
  world: World;
  /** Prepares the door for these people. */
  open(who: Login[]): Promise<unknown>;
  /** Calls an operation as one of the world's people. */
  ask(who: Login, name: OperationName, input: object): Promise<Answer<unknown>>;
  close(): void;
}

function overRest(world: World, route: Route): Side {
  return { world, open: async () => {}, ask: (who, name, input) => who.rest(name, input, route), close() {} };
}

function overSocket(world: World): Side {
  const listeners = new Map<string, Listener>();
  return {
    world,
    // All at once: each waits for the presence of the organization, which is sent in batches.
    open: (who) => Promise.all(who.map(async (login) => listeners.set(login.cookie, await login.listen()))),
    async ask({ cookie }, name, input) {
      const listener = listeners.get(cookie);
      if (!listener) throw new Error("There is no socket for this login.");
      return listener.ask(name, input);
    },
    close: () => listeners.forEach((listener) => listener.close()),
  };
}

/** A person with a socket is present, so `lastSeenAt` differs. Handles are random, as names are. */
const without = ["lastSeenAt", "handle"];

interface Case {
  who: (world: World) => { sessionId: string };
  input: (world: World) => object;
}

/** The inputs for each operation, in order: first those that must be refused, last those that must succeed. */
function casesOf(name: OperationName): Record<string, Case> {
  const owner = ({ owner: who }: World) => who;
  const sample = samples[name];
  const refused: Record<string, Case> = {};
  const answers = whoMay(operations[name]);
  for (const who of ["outsider", "removed", "guest", "outsideGuest", "member"] as const) {
    if (answers[who] !== "ok") refused[`the ${who}`] = { who: (world) => world[who], input: sample };
  }
  const { method } = parseRoute(operations[name].http);
  const params = routesOf(operations[name]).flatMap((route) => parseRoute(route).params);
  const bad: Record<string, Case> = {
    "an unknown field": { who: owner, input: (world) => ({ ...sample(world), organizationId: world.organization.id }) },
  };
  // Next removes it from a query.
  if (method !== "GET") bad["a __proto__"] = { who: owner, input: (world) => withPrototype(sample(world)) };
  for (const field of Object.keys(operations[name].input.shape)) {
    if (params.includes(field))
      bad[`no ${field}`] = { who: owner, input: (world) => ({ ...sample(world), [field]: "not-an-id" }) };
    else if (method !== "GET")
      bad[`a condition as ${field}`] = { who: owner, input: (world) => ({ ...sample(world), [field]: { not: "" } }) };
    else if (field !== "query")
      bad[`nonsense as ${field}`] = {
        who: owner,
        input: (world) => ({ ...sample(world), [field]: /^ids$|Ids$/.test(field) ? ["many"] : "many" }),
      };
  }
  return { ...refused, ...bad, "the owner": { who: owner, input: sample } };
}

/** Made by JSON.parse, so that it is a field of that name and not the prototype. */
function withPrototype(input: object): object {
  const fields = [
    '"__proto__":{"role":"owner"}',
    ...(Object.keys(input).length > 0 ? [JSON.stringify(input).slice(1, -1)] : []),
  ];
  return JSON.parse(`{${fields.join()}}`) as object;
}

const names = Object.keys(operations) as OperationName[];

test.each(names)(
  "%s gives the same answer over the socket and at each of its routes, for every caller and input",
  async (name) => {
    const newWorld = () => makeWorld({ withPasswords: name === "password.change" });
    const sides = [overSocket(await newWorld())];
    for (const route of routesOf(operations[name])) sides.push(overRest(await newWorld(), route));
    const cases = Object.entries(casesOf(name));
    const told = await Promise.all(
      sides.map(async (side) => {
        const answers: Record<string, unknown> = {};
        const note = (what: string, answer: Answer<unknown>) => {
          if (answer.ok) operations[name].output.parse(answer.data);
          answers[what] = alike(answer, { without });
        };
        const aboutThem = { ...side.world, inviteToken: "x".repeat(43), resetToken: "x".repeat(43) };
        const stranger = await loginOf(server, (await makeOrganization()).owner);
        const logins = new Map<string, Login>();
        for (const [, { who }] of cases) {
          const person = who(side.world);
          if (!logins.has(person.sessionId)) logins.set(person.sessionId, await loginOf(server, person));
        }
        await side.open([stranger, ...logins.values()]);
        note("somebody of another organization", await side.ask(stranger, name, samples[name](aboutThem)));
        for (const [what, { who, input }] of cases) {
          const login = logins.get(who(side.world).sessionId) as Login;
          note(what, await side.ask(login, name, input(side.world)));
        }
        side.close();
        return answers;
      }),
    );
    for (const other of told.slice(1)) expect(other).toEqual(told[0]);
    expect(told[0]?.["the owner"]).toMatchObject(
      name === "organization.setup" ? { ok: false, error: { code: "gone" } } : { ok: true },
    );
    for (const [what, answer] of Object.entries(told[0] ?? {})) {
      if (/^(an unknown|a __proto__|no |a condition|nonsense)/.test(what))
        expect(answer, what).toMatchObject({ ok: false, error: { code: "invalid_input" } });
    }
  },
);

test("Every operation that is not public answers `unauthenticated` to callers who are signed out or deactivated", async () => {
  const deactivated = await loginOf(server, elsewhere.deactivated);
  const guarded = names.filter((name) => operations[name].access !== "public");
  expect(guarded.length).toBeGreaterThan(20);
  for (const name of guarded) {
    for (const who of [nobody(server), deactivated]) {
      const answer = await who.rest(name, samples[name](elsewhere));
      expect(answer, name).toMatchObject({ ok: false, error: { code: "unauthenticated" } });
    }
  }
});

test("No socket opens for a caller who is signed out or deactivated, or whose login has ended", async () => {
  const { deactivated, owner } = await makeWorld();
  const ended = await loginOf(server, owner);
  const open = await ended.listen();
  data(await open.ask("home.show", {}));
  data(await ended.rest("session.end", {}));
  for (const who of [nobody(server), await loginOf(server, deactivated), ended]) {
    await expect(who.listen()).rejects.toThrow("unauthenticated");
  }
});
