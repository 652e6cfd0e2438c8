import { readdir, readFile } from "node:fs/promises";
import type { Socket } from "socket.io-client";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errorStatus } from "@/lib/contract/errors";
import { operations } from "@/lib/contract/index";
import { startRedis } from "../scripts/test/redis.mjs";
import { caughtUp, openTab } from "./harness/client";
import { type Figures, figuresOf, metricsToken, scrape } from "./harness/figures";
import { type Gate, gateTo } from "./harness/gate";
import { data, loginOf } from "./harness/login";
import { joinAs, makeOrganization, makePeople, makeRoom, type TestPerson } from "./harness/people";
import { raw, request } from "./harness/raw";
import { fillRoom } from "./harness/rooms";
import { type RunningServer, startServer } from "./harness/server";

let gate: Gate;
let redis: Awaited<ReturnType<typeof startRedis>>;
let server: RunningServer;

beforeAll(async () => {
  [gate, redis] = await Promise.all([gateTo(process.env.DATABASE_URL ?? ""), startRedis()]);
  server = await startServer({
    DATABASE_URL: gate.url,
    REDIS_URL: redis.url, // so that it knows no people of other tests' servers
    METRICS_TOKEN: metricsToken,
    LIMIT_FACTOR: "1",
    LOG_LEVEL: "fatal",
  });
});
afterAll(async () => {
  await server.stop();
  await Promise.all([gate.shut(), redis.stop()]);
});

/** Two people in a room, each with a tab. */
async function setting() {
  const organization = await makeOrganization();
  const [mia, ben] = (await makePeople(organization, [{ name: "Canary" }, { name: "Ben" }])) as [
    TestPerson,
    TestPerson,
  ];
  const room = await makeRoom(organization, { name: `Canary ${uuidv7()}` });
  await joinAs("member", room, mia, ben);
  const logins = [await loginOf(server, mia), await loginOf(server, ben)] as const;
  const [from, to] = [await logins[0].listen(), await logins[1].listen()];
  return { organization, mia, login: logins[0], room, from, to };
}

test("Metrics count sends, retries, refusals and catch-ups exactly", async () => {
  const { organization, mia, login, room, from, to } = await setting();
  const home = data(await from.ask("home.show", {}));
  const before = await figuresOf(server);
  const moved = (after: Figures, series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0);

  const id = uuidv7();
  for (const given of [{ body: "One" }, { body: "Two" }, { id, body: "Three" }])
    data(await from.ask("message.send", { roomId: room.id, ...given }));
  for (const tab of [from, to]) await tab.until("all three", () => tab.rows(room.id).length === 3);
  data(await login.rest("message.send", { roomId: room.id, id, body: "Three" }));
  for (let time = 1; time <= 6; time++) await from.ask("room.type", { roomId: room.id });

  const long = await makeRoom(organization);
  await joinAs("member", long, mia);
  await fillRoom(long, mia, 201);
  const clocks = { [room.id]: 0, [long.id]: 0, [uuidv7()]: 0 };
  data(await from.ask("sync", { rooms: clocks, me: home.clock + 1, epoch: home.epoch }));
  data(await from.ask("sync", { rooms: {}, me: home.clock, epoch: "another" }));
  for (let time = 1; time <= 20; time++) (to.socket as Socket).emit("nonsense");
  await to.until("its end", ({ disconnects }) => disconnects.length > 0);

  const after = await figuresOf(server);
  const expected: Record<string, number> = {
    'parley_answers_total{operation="message.send",door="socket",code="ok"}': 3,
    'parley_operation_seconds_count{operation="message.send",door="socket"}': 3,
    'parley_answers_total{operation="message.send",door="rest",code="ok"}': 1,
    'parley_operation_seconds_count{operation="message.send",door="rest"}': 1,
    parley_duplicates_refused_total: 1,
    parley_deliveries_total: 3 * 2,
    parley_fan_out_seconds_count: moved(after, "parley_frames_total"),
    parley_pull_failures_total: 0,
    'parley_answers_total{operation="room.type",door="socket",code="ok"}': 5,
    'parley_answers_total{operation="room.type",door="socket",code="rate_limited"}': 1,
    'parley_operation_seconds_count{operation="room.type",door="socket"}': 5,
    'parley_rate_limited_total{limit="room.type"}': 1,
    'parley_caught_up_rooms_total{kind="delta"}': 1,
    'parley_caught_up_rooms_total{kind="limited"}': 1,
    'parley_caught_up_rooms_total{kind="gone"}': 1,
    'parley_caught_up_homes_total{reason="clock"}': 1,
    'parley_caught_up_homes_total{reason="epoch"}': 1,
    parley_socket_cuts_total: 1,
    parley_sockets: -1,
  };
  expect(Object.fromEntries(Object.keys(expected).map((series) => [series, moved(after, series)]))).toEqual(expected);
  expect(before.get("parley_people_present")).toBe(2);
  expect(before.get("parley_sockets")).toBe(2);
  expect(moved(after, "parley_frames_total")).toBeGreaterThan(0);
  expect(moved(after, "parley_frames_total")).toBeLessThanOrEqual(3);
  const lag = moved(after, "parley_fan_out_seconds_sum");
  expect(lag).toBeGreaterThan(0);
  expect(lag).toBeLessThan(3);
  from.close();
});

test("Tabs that missed nothing catch up once per connection, which does not count as a gap", async () => {
  const { room, login, from, to } = await setting();
  const before = await figuresOf(server);
  const tabs = [await openTab(login), await openTab(login)];
  for (const body of ["One", "Two", "Three"]) data(await from.ask("message.send", { roomId: room.id, body }));
  for (const tab of tabs) await caughtUp(tab, login);
  const moved = async (series: string) => ((await figuresOf(server)).get(series) ?? 0) - (before.get(series) ?? 0);
  await expect.poll(() => moved('parley_answers_total{operation="sync",door="socket",code="ok"}')).toBe(2);
  expect(await moved("parley_socket_connections_total")).toBe(2);
  expect(await moved("parley_deliveries_total")).toBe(3 * 4);
  for (const tab of tabs) tab.stop();
  from.close();
  to.close();
});

test("Every value of a metric label comes from a fixed list of ours", async () => {
  const { login, room, from, to } = await setting();
  data(await from.ask("message.send", { roomId: room.id, body: "canary" }));
  await to.until("the message", () => to.rows(room.id).length === 1);
  (from.socket as Socket).emit("canary", {});
  await login.fetch("/canary?canary=canary", { headers: { "user-agent": "canary" } });
  await login.fetch("/api/rooms/canary/messages", { method: "POST", body: "canary" });
  const text = await (await scrape(server)).text();
  expect(text).toContain('operation="message.send"');
  expect(text).not.toMatch(/canary|[0-9a-f]{8}-[0-9a-f]{4}|@example/i);
  const allowed: Record<string, RegExp> = {
    operation: new RegExp(`^(${Object.keys(operations).join("|")})$`),
    limit: new RegExp(`^(${Object.keys(operations).join("|")}|sign-in\\.(address|account))$`),
    code: new RegExp(`^(ok|${Object.keys(errorStatus).join("|")})$`),
    state: /^(open|idle|waiting)$/,
    door: /^(socket|rest)$/,
    class: /^[1-5]xx$/,
    kind: /^(delta|limited|gone)$/,
    reason: /^(epoch|clock)$/,
    le: /^(\d+(\.\d+)?|\+Inf)$/,
  };
  for (const [, name = "", value] of text.replace(/^(?!parley_).*$/gm, "").matchAll(/(\w+)="([^"]*)"/g))
    expect(value, name).toMatch(allowed[name] ?? /^no such label$/);
  from.close();
  to.close();
});

test("Callers from other machines without the token get the answer of an unknown page", async () => {
  const proxied = startServer({ METRICS_TOKEN: metricsToken, TRUSTED_PROXIES: "1" });
  const secure = startServer({ METRICS_TOKEN: metricsToken, PUBLIC_URL: "https://chat.example.org" });
  const others = [await proxied, await secure];

  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain("parley_sockets");
  const token = { authorization: `Bearer ${metricsToken}`, "x-forwarded-for": "192.0.2.7" };
  for (const one of [server, ...others]) {
    const answer = await fetch(`${one.url}/metrics`, { headers: token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }

  const asStranger: [RunningServer, Record<string, string>, string?][] = [
    [server, { "x-forwarded-for": "192.0.2.7" }],
    [server, { "x-forwarded-for": "127.0.0.1" }],
    [server, { "x-forwarded-for": "" }],
    [server, { authorization: `Bearer ${metricsToken}x` }],
    [server, { authorization: "Bearer " }],
    [server, { authorization: metricsToken }],
    [server, { host: "rebound.example" }],
    ...others.map((one): [RunningServer, Record<string, string>] => [one, {}]),
  ];
  for (const [one, headers] of asStranger) {
    const ask = (path: string) => raw(one, request(`GET ${path}`, { host: `127.0.0.1:${one.port}`, ...headers }));
    const [told, unknown] = [await ask("/metrics"), await ask("/nowhere")];
    expect.soft(told, JSON.stringify(headers)).toMatch(/^HTTP\/1.1 404/);
    expect.soft(told, JSON.stringify(headers)).not.toMatch(/parley_|nodejs_|process_/);
    expect.soft(sameForAll(told), JSON.stringify(headers)).toBe(sameForAll(unknown));
  }
  expect(await Promise.all(others.map((one) => one.stop()))).toEqual([0, 0]);
});

/** An answer without what differs from one request to the next. */
function sameForAll(answer: string): string {
  const nonce = /'nonce-([^']+)'/.exec(answer)?.[1] ?? "";
  return answer
    .replaceAll(nonce, "")
    .replace(/^(x-request-id|date): .*$/gim, "")
    .replaceAll("nowhere", "metrics");
}

test("Every metric that the dashboard and the manual name exists", async () => {
  const known = await (await scrape(server)).text();
  const dashboard = await readFile("docs/grafana.json", "utf8");
  const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] };
  expect(panels.length).toBeGreaterThanOrEqual(8);
  for (const { targets } of panels) for (const { expr } of targets) expect(expr).toMatch(/(parley|nodejs|process)_/);
  for (const text of [dashboard, await readFile("docs/operating.md", "utf8")]) {
    const named = new Set([...text.matchAll(/\b(?:parley|nodejs|process)_\w+/g)].map(([name]) => name));
    expect(named.size).toBeGreaterThan(10);
    for (const name of named) expect.soft(known).toContain(`# TYPE ${name.replace(/_(bucket|count|sum)$/, "")} `);
  }
});

test("The log lines that the manual quotes are those that are logged", async () => {
  const manual = await readFile("docs/operating.md", "utf8");
  const table = manual.split("| `msg` |")[1]?.split("\n\n")[0] ?? "";
  const quoted = table
    .split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, said]) => said));
  const files = (await readdir("lib/server")).map((file) => readFile(`lib/server/${file}`, "utf8"));
  const sources = (await Promise.all(files)).join("\n");
  expect(quoted.length).toBeGreaterThan(8);
  for (const said of quoted) expect.soft(sources.includes(`"${said}")`), said).toBe(true);
});

test("While the database is down, failures are counted and the metrics can be read", async () => {
  const { login, room, from, to } = await setting();
  await gate.shut();
  await from.ask("message.send", { roomId: room.id, body: "Lost" });
  await login.rest("message.send", { roomId: room.id, body: "Lost too" });
  const figures = await figuresOf(server);
  for (const door of ["socket", "rest"])
    expect(figures.get(`parley_answers_total{operation="message.send",door="${door}",code="busy"}`)).toBe(1);
  expect(figures.get("parley_database_unavailable_total")).toBeGreaterThanOrEqual(2);
  await gate.open();
  await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 10_000 }).toBe(200);
  from.close();
  to.close();
});
