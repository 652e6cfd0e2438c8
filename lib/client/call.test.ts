import { describe, expect, it, vi } from "vitest";
import type { Answer } from "@/lib/contract/errors";
import { createCall, type CallSocket } from "./call";
import { isCallError, offlineError } from "./call-error";
import { requestFor } from "./http-request";

const ok = (data: unknown): Answer<unknown> => ({ ok: true, data });
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

function doors(options: {
  socket?: Partial<CallSocket> | null;
  http?: () => Promise<Response>;
  onRepeated?: () => void;
}) {
  const fetch = vi.fn(options.http ?? (async () => json(ok("http"))));
  const request = vi.fn(options.socket?.request ?? (async () => ok("socket")));
  const socket = options.socket === null ? null : { isReady: options.socket?.isReady ?? (() => true), request };
  return {
    call: createCall({ baseUrl: "http://parley.test", fetch, onRepeated: options.onRepeated, getSocket: () => socket }),
    fetch,
    request,
  };
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: unknown) => (isCallError(error) ? error.code : "another error"),
  );

describe("a call", () => {
  it("goes over the socket while that is ready", async () => {
    const { call, fetch, request } = doors({});
    expect(await call("room.list", {})).toBe("socket");
    expect(request).toHaveBeenCalledWith("room.list", {}, 10_000);
    expect(fetch).not.toHaveBeenCalled();
  });

  it("goes over HTTP while the socket is not ready, or is not there", async () => {
    expect(await doors({ socket: { isReady: () => false } }).call("room.list", {})).toBe("http");
    expect(await doors({ socket: null }).call("room.list", {})).toBe("http");
  });

  it("goes over HTTP when it has more bytes than a packet may have", async () => {
    const send = (body: string) => doors({}).call("message.send", { roomId: "r", id: "i", body });
    expect(await send("a".repeat(16_000))).toBe("socket");
    expect(await send("上".repeat(11_000))).toBe("http");
  });
});

describe("when no acknowledgement comes", () => {
  const lost = { socket: { request: async () => Promise.reject(offlineError()) } };

  it("repeats a safe operation over HTTP", async () => {
    expect(await doors(lost).call("sync", { rooms: {}, me: 0, epoch: "" })).toBe("http");
    expect(await doors(lost).call("message.send", { roomId: "r", id: "i", body: "b" })).toBe("http");
  });

  it.each([
    ["intentId", "membership.leave", { roomId: "r" }],
    ["id", "message.send", { roomId: "r", body: "b" }],
  ] as const)("repeats with the same %s an operation that is done once per key", async (key, name, input) => {
    const { call, fetch, request } = doors(lost);
    expect(await call(name, input as never)).toBe("http");
    const first = (request.mock.calls as unknown[][])[0]?.[1] as Record<string, unknown>;
    const again = (fetch.mock.calls as unknown[][])[0]?.[1] as RequestInit;
    expect(first[key]).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(again.body as string)).toMatchObject({ [key]: first[key] });
  });

  it("keeps the intentId of the caller", async () => {
    const { call, request } = doors({});
    await call("membership.leave", { roomId: "r", intentId: "mine" });
    expect(request).toHaveBeenCalledWith("membership.leave", { roomId: "r", intentId: "mine" }, 10_000);
  });

  it("does not repeat an operation that could be done twice", async () => {
    const { call, fetch } = doors(lost);
    expect(await codeOf(call("invite.create", {}))).toBe("offline");
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("an error", () => {
  it("is thrown with its code, over the socket and over HTTP, and is not retried", async () => {
    const error = { code: "rate_limited" as const, message: "Slower.", retryAfterMs: 900, fields: { body: "Long." } };
    const { call, fetch } = doors({ socket: { request: async () => ({ ok: false, error }) } });
    await expect(call("room.list", {})).rejects.toMatchObject({ name: "CallError", ...error });
    expect(fetch).not.toHaveBeenCalled();
    const http = doors({ socket: null, http: async () => json({ ok: false, error }, 429) });
    await expect(http.call("room.list", {})).rejects.toMatchObject({ name: "CallError", ...error });
  });

  it.each([
    ["the network is gone", async () => Promise.reject(new TypeError("fetch failed"))],
    ["a proxy answers with its own page", async () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
    ["a proxy answers with its own JSON", async () => json({ message: "no" }, 503)],
  ])("has the code `offline` when %s", async (_, http) => {
    expect(await codeOf(doors({ socket: null, http }).call("room.list", {}))).toBe("offline");
  });
});

describe("an answer to a repeated intent", () => {
  it.each([
    ["socket", { socket: { request: async () => ({ ...ok("old"), repeated: true as const }) } }],
    ["HTTP", { socket: null, http: async () => json({ ...ok("old"), repeated: true }) }],
  ])("is marked as repeated, over %s", async (_, ways) => {
    const onRepeated = vi.fn();
    expect(await doors({ ...ways, onRepeated }).call("room.list", {})).toBe("old");
    expect(onRepeated).toHaveBeenCalledOnce();
    await doors({ onRepeated }).call("room.list", {});
    expect(onRepeated).toHaveBeenCalledOnce();
  });
});

describe("an HTTP request", () => {
  it("has the route's parameters in its path, escaped, and nowhere else", () => {
    const { url, init } = requestFor("message.send", { roomId: "a/b", id: "i", body: "Hello" });
    expect(url).toBe("/api/rooms/a%2Fb/messages");
    expect(init).toMatchObject({ method: "POST", credentials: "same-origin" });
    expect(JSON.parse(init.body as string)).toEqual({ id: "i", body: "Hello" });
  });

  it("has a GET's input in the query: lists as repeated names, undefined fields left out", () => {
    const { url, init } = requestFor("person.list", { ids: ["a", "b"], limit: 2, query: undefined });
    expect(url).toBe("/api/people?ids=a&ids=b&limit=2");
    expect(init.body).toBeUndefined();
    expect(requestFor("room.list", {}).url).toBe("/api/rooms");
  });

  it("has an empty object as its body if there is no input", () => {
    expect(requestFor("session.end", {}).init.body).toBe("{}");
  });
});
