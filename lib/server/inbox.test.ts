import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Inbox, type Packet } from "./inbox";
import { hasWork } from "./socket-requests";

vi.stubEnv("DATABASE_URL", "none");
vi.stubEnv("AUTH_SECRET", "none".repeat(8));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const passMs = (ms: number) => void vi.advanceTimersByTime(ms);

/** A connection whose requests stay unanswered until the test ends them with `inbox.begin()?.()`. */
function connect(personId?: string) {
  const connection = { isPaused: false, isSlowReader: false, cuts: [] as string[] };
  const passed: string[] = [];
  const inbox: Inbox = new Inbox({
    pause: () => (connection.isPaused = true),
    resume: () => (connection.isPaused = false),
    isSlowReader: () => connection.isSlowReader,
    closeForViolation(why) {
      connection.cuts.push(why);
      inbox.close();
    },
  });
  if (personId) inbox.identify(personId);
  const send = (name: string, kind: Packet["kind"], bytes = 10) =>
    inbox.take({ bytes, kind, pass: () => void passed.push(name) });
  return {
    inbox,
    connection,
    passed,
    heartbeat: () => send("heartbeat", "heartbeat"),
    other: () => send("other", "other"),
    ask(count: number, bytes?: number) {
      for (let n = 0; n < count; n++) send(`request ${n}`, "request", bytes);
    },
  };
}

it("lets eight requests of a connection through, and the next in their order as those are answered", () => {
  const tab = connect("ann");
  tab.ask(20);
  expect(tab.passed).toEqual(Array.from({ length: 8 }, (_, n) => `request ${n}`));
  tab.inbox.begin()?.();
  expect(tab.passed.at(-1)).toBe("request 8");
  expect(tab.passed.length).toBe(9);
  tab.inbox.close();
});

it("lets sixteen requests of a person through over all their connections, and nobody else waits for them", () => {
  const tabs = Array.from({ length: 10 }, () => connect("bob"));
  for (const tab of tabs) tab.ask(10);
  expect(tabs.flatMap(({ passed }) => passed).length).toBe(16);
  const other = connect("cay");
  other.ask(1);
  expect(other.passed.length).toBe(1);
  // The connection that has waited longest is next.
  tabs[0]?.inbox.begin()?.();
  expect(tabs.map(({ passed }) => passed.length)).toEqual([8, 8, 1, 0, 0, 0, 0, 0, 0, 0]);
  for (const tab of [...tabs, other]) tab.inbox.close();
});

it("lets a heartbeat through while requests wait", () => {
  const tab = connect("dan");
  tab.ask(20);
  tab.heartbeat();
  expect(tab.passed.at(-1)).toBe("heartbeat");
  tab.inbox.close();
});

it("does not read a connection that sends faster than it may, and reads on when it has waited", () => {
  const tab = connect("eve");
  for (let n = 0; n < 200; n++) tab.other();
  expect(tab.connection.isPaused).toBe(false);
  tab.other();
  expect(tab.connection.isPaused).toBe(true);
  expect(tab.passed.length).toBe(200);
  passMs(21);
  expect(tab.passed.length).toBe(201);
  expect(tab.connection.isPaused).toBe(false);
  tab.inbox.close();
});

it("counts a packet of many bytes as several", () => {
  const tab = connect("fay");
  for (let n = 0; n < 30; n++) tab.inbox.take({ bytes: 32_000, kind: "other", pass: () => void tab.passed.push("") });
  expect(tab.passed.length).toBe(25);
  tab.inbox.close();
});

it("cuts whoever goes on for five seconds, and nobody whose requests only wait for their answers", () => {
  const [flooder, patient] = [connect("gus"), connect("hal")];
  patient.ask(60);
  for (let ms = 0; ms < 10_000 && flooder.connection.cuts.length === 0; ms += 100) {
    for (let n = 0; n < 50; n++) flooder.heartbeat();
    passMs(100);
  }
  expect(flooder.connection.cuts.length).toBe(1);
  passMs(60_000);
  expect(patient.connection.cuts).toEqual([]);
  patient.inbox.close();
});

it("cuts at once whoever writes more than any read of the connection holds of what is honest", () => {
  const tab = connect("ida");
  for (let n = 0; n < 9_000; n++) tab.other();
  expect(tab.connection.cuts).toEqual(["too many packets at once"]);
  expect(tab.passed.length).toBe(200);
});

it("shares what a person may send among their connections, and a new connection does not give it back", () => {
  const tabs = Array.from({ length: 5 }, () => connect("jim"));
  for (const tab of tabs) for (let n = 0; n < 150; n++) tab.other();
  expect(tabs.flatMap(({ passed }) => passed).length).toBe(400);
  for (const tab of tabs) tab.inbox.close();
  const next = connect("jim");
  next.other();
  expect(next.passed).toEqual([]);
  next.inbox.close();
  passMs(10_000);
  const later = connect("jim");
  for (let n = 0; n < 150; n++) later.other();
  expect(later.passed.length).toBe(150);
  later.inbox.close();
});

it("answers nothing more to whoever does not read, until they do", () => {
  const tab = connect("kim");
  tab.connection.isSlowReader = true;
  tab.ask(1);
  passMs(1_000);
  expect([tab.passed, tab.connection.isPaused]).toEqual([[], true]);
  tab.connection.isSlowReader = false;
  passMs(100);
  expect(tab.passed.length).toBe(1);
  tab.inbox.close();
});

it("has nothing under way when all is answered or the connection is gone, and then begins nothing", () => {
  const [one, two] = [connect("lou"), connect("lou")];
  one.ask(3);
  two.ask(20);
  expect(hasWork()).toBe(true);
  one.inbox.close();
  expect(one.inbox.begin()).toBeNull();
  for (let n = 0; n < 20; n++) two.inbox.begin()?.();
  two.inbox.close();
  expect(hasWork()).toBe(false);
});
