import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { state } from "../../scripts/test/connections";
import { leaveAllAudiences, type ServerSocket } from "./audience";
import type { AnyFrame, LogDeclaration, SendOptions } from "./log-declaration";
import { announceChange, startLogs, subscribe } from "./logs";

const versions = { membersVersion: 1, authVersion: 1 };
const session = { until: Number.POSITIVE_INFINITY };
let sent: { frame: AnyFrame; receivers: number }[];
let logged: unknown[];
let isBroken: boolean;
let socket: ServerSocket;

/** A log without a database, whose one session may always listen. */
const declaration = {
  pull: async ({ from }: { from: number }) => ({
    frame: { from, to: from, rows: [] },
    hasMore: false,
    versions,
    listeners: new Map([["session", session]]),
  }),
  findChanged: async () => [],
  send({ frame, receivers }: SendOptions<AnyFrame>) {
    if (isBroken) throw new TypeError("a bug");
    sent.push({ frame, receivers: receivers.length });
  },
  emptyFrame: (_: string, clock: number) => ({ from: clock, to: clock, rows: [] }),
  pauseMs: () => 0,
} as unknown as LogDeclaration;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, logged, isBroken] = [[], [], false];
  state.set("log", { error: (_: object, text: string) => logged.push(text) });
  socket = { data: { actor: { sessionId: "session" }, audiences: [] } } as unknown as ServerSocket;
  startLogs({ room: declaration, person: declaration, organization: declaration });
});
afterEach(() => {
  leaveAllAudiences(socket);
  for (const name of ["logs", "log", "bus"]) state.delete(name);
  vi.useRealTimers();
});

it("What was committed and could not be broadcast is logged, and its receivers are told that they missed it", async () => {
  subscribe("room", [socket], "room", 1);
  await vi.advanceTimersByTimeAsync(0);
  isBroken = true;
  const frame = { from: 1, to: 2, rows: [{}] } as unknown as AnyFrame;
  announceChange("room", "room", { frame, versions, startedAt: 0, isShared: false });
  await vi.advanceTimersByTimeAsync(0);
  expect(logged).toEqual(["broadcast failed"]);
  isBroken = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent.at(-1)).toEqual({ frame: { from: 2, to: 2, rows: [] }, receivers: 1 });
});

it("An announcement of what was committed never throws", () => {
  subscribe("person", [socket], "person", 1);
  const frame = {
    from: 1,
    to: 2,
    get rows() {
      throw new TypeError("a bug");
    },
  } as unknown as AnyFrame;
  state.set("bus", { peers: { size: 1 }, queue: [] });
  announceChange("person", "person", { frame, versions: null, startedAt: 0, isShared: true });
  expect(logged).toEqual(["broadcast failed"]);
});
