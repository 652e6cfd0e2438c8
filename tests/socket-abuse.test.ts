import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { connect, type Socket as NetSocket } from "node:net";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { limits } from "@/lib/contract/limits";
import { type Listener, listen } from "./harness/listener";
import { data, type Login, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom, type TestRoom } from "./harness/people";
import { raw, request } from "./harness/raw";
import { type RunningServer, startServer, within } from "./harness/server";

let server: RunningServer;
let room: TestRoom;
let attacker: Login;
let witness: Listener;
beforeAll(async () => {
  server = await startServer();
  const organization = await makeOrganization();
  const people = [await newcomer(server, organization), await newcomer(server, organization)] as const;
  room = await makeRoom(organization);
  await joinAs("member", room, ...people);
  attacker = people[0].login;
  witness = await people[1].login.listen();
});
afterAll(async () => {
  witness.close();
  await server.stop();
});

/** Expects that another person still gets answers from the same process, over HTTP and the socket. */
async function othersAreServed(): Promise<void> {
  data(await witness.ask("room.show", { roomId: room.id }));
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(witness.heard.disconnects).toEqual([]);
}

test.each([
  ["a foreign Origin", { origin: "https://evil.example" }],
  ["the Origin null", { origin: "null" }],
  ["no Origin", {}],
  ["an Origin that begins like ours", "suffix"],
  ["an Origin and a Host that agree with each other", { origin: "http://evil.example", host: "evil.example" }],
] as const)("A WebSocket handshake with a valid cookie and %s is refused", async (_what, given) => {
  const headers = given === "suffix" ? { origin: `${server.url}.evil.example` } : given;
  const upgrade = {
    host: `127.0.0.1:${server.port}`,
    cookie: attacker.cookie,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
  };
  expect(await raw(server, request("GET /socket.io/?EIO=4&transport=websocket", { ...upgrade, ...headers }))).toMatch(
    /^HTTP\/1.1 4\d\d /,
  );
  // The same person's handshake from our own page is accepted.
  (await attacker.listen()).close();
});

test("An upgrade at any other path is closed without an answer", async () => {
  const headers = {
    host: `127.0.0.1:${server.port}`,
    origin: server.url,
    cookie: attacker.cookie,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
  };
  for (const target of [
    "/",
    "/api/home",
    "/_next/webpack-hmr",
    "/socket.iox/",
    "//socket.io/",
    `${server.url}/socket.io/?EIO=4&transport=websocket`,
    "/socket.io",
  ])
    expect(await raw(server, request(`GET ${target}`, headers)), target).toBe("");
  expect(
    await raw(server, request("GET /socket.io/?EIO=4&transport=websocket", { ...headers, upgrade: "h2c" })),
  ).not.toMatch(/^HTTP\/1.1 101/);
  await othersAreServed();
});

test("A connection cannot replace another one by its sid", async () => {
  const tab = await attacker.listen();
  const { id } = (tab.socket as Socket).io.engine;
  const upgrade = {
    host: `127.0.0.1:${server.port}`,
    origin: server.url,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
  };
  for (const query of [
    `EIO=4&transport=websocket&sid=${id}`,
    `sid=${id}&EIO=4&transport=websocket`,
    "EIO=3&transport=websocket",
    "EIO=4&transport=polling",
  ])
    expect(await raw(server, request(`GET /socket.io/?${query}`, upgrade)), query).toMatch(/^HTTP\/1.1 400 /);
  data(await tab.ask("room.show", { roomId: room.id }));
  tab.close();
});

test("A refused upgrade leaves no connection open, even if the client does not close it", async () => {
  const open = () => readdirSync(`/proc/${server.pid}/fd`).length;
  const before = open();
  const left: NetSocket[] = [];
  for (let n = 0; n < 60; n++) {
    const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
    left.push(socket.on("error", () => {}));
    const target = ["/socket.io/?EIO=4&transport=websocket", "/socket.io/?EIO=4&transport=polling", "/nowhere"][n % 3];
    const headers = { host: "evil.example", connection: "Upgrade", upgrade: "websocket" };
    socket.write(request(`GET ${target}`, headers));
  }
  await Promise.all(left.map((socket) => new Promise((resolve) => socket.resume().once("end", resolve))));
  await expect.poll(open, { timeout: 5_000 }).toBeLessThan(before + 20);
  for (const socket of left) socket.destroy();
});

test("Long polling is off, so a form cannot send anything to the socket", async () => {
  const address = "/socket.io/?EIO=4&transport=polling";
  const open = await attacker.fetch(address);
  expect(open.status).toBe(400);
  expect(open.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect((await attacker.fetch(address, { method: "POST", body: "40" })).status).toBe(405);
});

const garbage: [what: string, send: (socket: Socket, time: number) => void][] = [
  ["operations without an acknowledgement", (socket) => socket.emit("home.show", {})],
  ["operations without an input", (socket) => socket.emit("home.show", () => {})],
  ["more than an operation takes", (socket) => socket.emit("home.show", {}, {}, () => {})],
  ["events that nobody knows", (socket, time) => socket.emit(`nothing.${time}`, {}, () => {})],
  [
    "names of an object's own making",
    (socket, time) => socket.emit(["constructor", "__proto__", "toString"][time % 3] as string, {}, () => {}),
  ],
  ["nothing where a name belongs", (socket) => write(socket, "42[]")],
  ["names that are no text", (socket) => write(socket, '42[{"a":1},{}]')],
  [
    "names that are reserved",
    (socket, time) => write(socket, `42["${["disconnect", "error", "connect", "newListener"][time % 4]}",{}]`),
  ],
  ["binary", (socket) => socket.emit("home.show", Buffer.from("x"), () => {})],
  [
    "depth",
    (socket, time) => write(socket, `42${9_000 + time}["room.show",${"[".repeat(15_000)}${"]".repeat(15_000)}]`),
  ],
  ["input that is no good", (socket) => socket.emit("message.send", { roomId: { not: "" }, body: ["x"] }, () => {})],
];

test.each(garbage)(
  "Whoever sends %s a hundred times is cut, and others are answered meanwhile",
  async (_what, send) => {
    const tab = await attacker.listen();
    for (let time = 0; time < 100; time++) send(tab.socket, time);
    await othersAreServed();
    await tab.until("the cut", ({ disconnects }) => disconnects.length > 0);
    await othersAreServed();
    // The same packet once more from a new socket still gets an answer.
    const another = await attacker.listen();
    send(another.socket, 0);
    if (!/reserved|nothing|no text/.test(_what)) data(await another.ask("room.show", { roomId: room.id }));
    another.close();
  },
);

test.each([
  ["is no packet at all", "x"],
  ["is not JSON", "42["],
  ["claims attachments that never come", '45999-["home.show",{"_placeholder":true,"num":0}]'],
  ["connects to a namespace that there is not", "40/admin,"],
  ["speaks in a namespace that it is not in", '42/admin,["home.show",{}]'],
  ["acknowledges what was never asked", "43999[{}]"],
  ["is nested a million deep", `42["home.show",${"[".repeat(15_000)}`],
  ["is of another protocol", "99999"],
])("A packet that %s harms nobody", async (_what, text) => {
  const tab = await attacker.listen();
  for (let time = 0; time < 30; time++) write(tab.socket, text);
  await othersAreServed();
  tab.close();
  const again = await attacker.listen();
  data(await again.ask("home.show", {}));
  again.close();
});

test(`A packet of ${limits.frame} bytes is read, and whoever sends a larger one is cut`, async () => {
  const [tab, other] = [await attacker.listen(), await attacker.listen()];
  const input = (size: number) => ({ roomId: room.id, body: "x".repeat(size) });
  expect(await tab.ask("message.send", input(limits.frame - 400))).toMatchObject({ error: { code: "invalid_input" } });
  (other.socket as Socket).emit("message.send", input(limits.frame + 1), () => {});
  await other.until("the cut", ({ disconnects }) => disconnects.length > 0);
  data(await tab.ask("room.show", { roomId: room.id }));
  tab.close();
  await othersAreServed();
});

test("A client that leaves the namespace but keeps the connection is disconnected", async () => {
  const tab = await attacker.listen();
  const closed = new Promise((resolve) => {
    (tab.socket as Socket).io.engine.on("close", resolve);
  });
  write(tab.socket, "41");
  await within(5_000, closed, () => "The connection was kept.");
  await othersAreServed();
});

test("An unknown namespace is refused", async () => {
  const socket = io(`${server.url}/admin`, {
    path: "/socket.io/",
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: server.url, cookie: attacker.cookie },
  });
  const refused = new Promise<string>((resolve) => {
    socket.on("connect_error", (error) => resolve(error.message));
  });
  expect(await within(5_000, refused, () => "Nobody refused it.")).toBe("Invalid namespace");
  socket.disconnect();
});

test("One person can have at most a hundred sockets, and they leave room for other people", async () => {
  const tries = Array.from({ length: 200 }, () => listen(server.url, attacker.cookie));
  const opened = (await Promise.allSettled(tries)).flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  expect(opened.length).toBe(100);
  await othersAreServed();
  for (const tab of opened) tab.close();
  // After some have closed, new ones are accepted again.
  await expect
    .poll(
      async () => {
        const tab = await listen(server.url, attacker.cookie).catch(() => null);
        tab?.close();
        return tab !== null;
      },
      { timeout: 10_000 },
    )
    .toBe(true);
});

test("After all of this the same process is still running", async () => {
  await othersAreServed();
  expect(process.kill(server.pid, 0)).toBe(true);
  expect(server.log()).not.toMatch(/uncaught|unhandled/i);
});

/** Sends an encoded packet. */
function write(socket: Socket, text: string): void {
  const engine = socket.io.engine as unknown as { transport: { ws: { send(text: string): void } } };
  engine.transport.ws.send(text);
}
