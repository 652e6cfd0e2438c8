// Nobody can tell somebody who appears offline from somebody who is offline. The same script runs in worlds that are equal but for
// ids, names and times: in one the person closes their tab, in the other they choose to appear offline and go on using Parley.
import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type OperationName, operations } from "@/lib/contract/index";
import { cookieNameIn } from "@/lib/server/cookie-name";
import { db } from "@/lib/server/db";
import { makeTokenSigner } from "@/lib/server/signed-token";
import { alike, type NameOf } from "./harness/alike";
import type { Listener } from "./harness/listener";
import { data, type Login, loginWith } from "./harness/login";
import type { TestPerson } from "./harness/people";
import { makeWorld, samples, type World } from "./harness/samples";
import { startServer } from "./harness/server";
import { listStatements } from "./harness/statements";

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

type Absence = "offline" | "appears offline" | "not absent";

/** Who looks: an owner, a member and a guest. All know of the person, who is the world's `member`. */
const watchers = ["owner", "outsider", "guest"] as const;
/** Reads whatever the samples ask for. `sync` reads, too. */
const reads = (Object.keys(operations) as OperationName[]).filter(
  (name) => name === "sync" || operations[name].http.startsWith("GET "),
);
/** Reads whose answers depend on who is here, or was here last. */
const more: { readonly [N in OperationName]?: Record<string, object> } = {
  "person.administer": { "person.administer, last seen first": { sort: "lastSeen", limit: 2 } },
  "person.browse": { "person.browse, active now": { presence: "active" } },
};

interface Told {
  /** The events of each watcher. */
  events: Record<string, unknown>;
  /** The answer to each read of each watcher. */
  answers: Record<string, unknown>;
  /** The statements behind each of these answers. */
  statements: Record<string, string[]>;
  /** How often it was asked whom a guest may see. */
  guestQueries: number;
}

beforeAll(async () => {
  // The first world of a file is made by operations, the others are copies of it.
  await makeWorld();
});

/** Names what has an id in this world. */
function namesIn(world: World): NameOf {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(world) as [string, unknown][]) {
    const id = typeof value === "string" ? value : (value as { id?: string }).id;
    if (id) names.set(id, name);
  }
  return (id) => names.get(id);
}

function eventsOf({ heard }: Listener, nameOf: NameOf) {
  // Changes of several people may come in one event or in several.
  const presence = heard.presence.flatMap(({ full, people }) => {
    const states = Object.entries(people).map(([id, state]) => `${nameOf(id)} ${state ?? "offline"}`);
    return full ? [`all: ${states.toSorted().join(", ")}`] : states;
  });
  // A socket that opens while a log is read may get a frame that only says where the next one starts.
  const isWhole = ({ from, to }: { from: number; to: number }) => to > from;
  const logs = [heard.frames, heard.me, heard.organization].map((frames) => frames.filter(isWhole));
  return { presence, others: alike({ logs, typing: heard.typing }, { nameOf }) };
}

/** A login in a server with this secret. */
function loginAs(server: { url: string }, authSecret: string, { sessionId, accountId }: TestPerson): Login {
  const name = cookieNameIn({ authSecret, publicUrl: new URL(server.url) }, "session");
  const token = makeTokenSigner(authSecret, "session").sign([sessionId, accountId], 86_400);
  return loginWith(server.url, `${name}=${token}`);
}

/** Runs the script in a world of its own, on a server of its own that no other process talks to. */
async function play(absence: Absence): Promise<Told> {
  const secret = randomBytes(32).toString("base64url");
  const list = await listStatements(process.env.DATABASE_URL ?? "");
  const server = await startServer({ DATABASE_URL: list.url, AUTH_SECRET: secret });
  const world = await makeWorld();
  const { member: person, moderator: last, room } = world;
  const login = (who: TestPerson) => loginAs(server, secret, who);
  const lastSeen = async ({ id }: TestPerson) => (await db().person.findUniqueOrThrow({ where: { id } })).lastSeenAt;
  list.take();

  const tabs: Listener[] = [];
  for (const who of watchers) tabs.push(await login(world[who]).listen());
  const everybody = (what: string, isSo: (tab: Listener) => boolean) =>
    Promise.all(tabs.map((tab) => tab.until(what, () => isSo(tab))));
  const tab = await login(person).listen();
  const opened = [tab];
  await everybody("the person", ({ here }) => here()[person.id] === "active");

  if (absence === "offline") tab.close();
  if (absence === "appears offline") data(await tab.ask("presence.choose", { choice: "offline", until: inAnHour() }));
  if (absence !== "not absent") await everybody("their absence", ({ here }) => !here()[person.id]);
  const goneAt = Date.now();

  if (absence !== "offline") {
    const other = await login(person).listen();
    for (const state of ["idle", "active"] as const) {
      for (const device of [tab, other]) data(await device.ask("presence.update", { state }));
      if (absence === "not absent") await everybody(state, ({ here }) => here()[person.id] === state);
    }
    data(await tab.ask("room.type", { roomId: room.id }));
    data(await login(person).rest("room.type", { roomId: room.id }));
    data(await login(person).rest("presence.update", { state: "active" }));
    for (const device of [tab, other]) device.close();
    opened.push(await login(person).listen());
  }
  // What they do shows, whether they are seen or not.
  data(await login(person).rest("message.send", { roomId: room.id, body: "Not here" }));
  for (const at of [0, 2])
    await tabs[at]?.until("the message", ({ frames }) => frames.some(({ rows }) => rows.length > 0));
  // What was told of the person before has arrived with the next one who comes.
  tabs.push(await login(last).listen());
  await everybody("the last", ({ here }) => here()[last.id] === "active");
  await expect.poll(() => lastSeen(last), { timeout: 20_000 }).not.toBeNull();
  if (absence !== "not absent") expect((await lastSeen(person))?.getTime()).toBeLessThan(goneAt);

  const nameOf = namesIn(world);
  const names = [...watchers, "moderator"] as const;
  const told: Told = { events: {}, answers: {}, statements: {}, guestQueries: 0 };
  told.guestQueries = list.take().filter((statement) => statement === "same-rooms").length;
  for (const [at, name] of names.entries()) told.events[name] = eventsOf(tabs[at] as Listener, nameOf);
  for (const who of names) {
    for (const name of reads) {
      const inputs = { [name]: samples[name](world), ...more[name] };
      for (const [what, input] of Object.entries(inputs)) {
        list.take();
        const answer = await login(world[who]).rest(name, input);
        told.answers[`${what} by ${who}`] = alike(answer, { nameOf, without: ["next"] });
        told.statements[`${what} by ${who}`] = list.take().toSorted();
      }
    }
  }
  expect(told.answers["person.show by guest"]).toMatchObject({ ok: true, data: { person: { lastSeenAt: "<time>" } } });
  for (const each of [...tabs, ...opened]) each.close();
  await server.stop();
  await list.shut();
  return told;
}

test("Who appears offline is told to others in no answer and no event, and costs no statement", {
  timeout: 180_000,
}, async () => {
  const [offline, hidden] = [await play("offline"), await play("appears offline")];
  expect(Object.keys(offline.answers).length).toBeGreaterThan(100);
  expect(hidden.events).toEqual(offline.events);
  expect(hidden.answers).toEqual(offline.answers);
  expect(hidden.statements).toEqual(offline.statements);
  expect(hidden.guestQueries).toBe(offline.guestQueries);

  // The comparison finds it if somebody is not absent.
  const seen = await play("not absent");
  expect(seen.events).not.toEqual(offline.events);
  const activeNow = "person.browse, active now by owner";
  expect(seen.answers[activeNow]).not.toEqual(offline.answers[activeNow]);
  expect(seen.guestQueries).toBeGreaterThan(offline.guestQueries);
});
