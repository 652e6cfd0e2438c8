// @vitest-environment happy-dom
// What a preview shows after a jump, while it grows, and when it is loaded again.
import { afterEach, expect, it, vi } from "vitest";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { createParley } from "@/lib/client/engine";
import { ParleyContext } from "@/lib/client/hooks/use-parley";
import { NowProvider } from "@/lib/client/now-provider";
import { createMemoryStorage } from "@/lib/client/outbox-storage";
import type { Message } from "@/lib/contract/message";
import { messageBy, viewerAs } from "@/tests/harness/viewers";
import { usePreview, useThreadPreview } from "./use-preview";

const count = 1_000;
/** Between two messages are other changes of the room. */
const ticks = 40;
const seqOf = (at: number) => (at + 1) * ticks;
const stored = Array.from({ length: count }, (_, at): Message => {
  return { ...messageBy("Cleo"), id: `m${at}`, roomId: "other", seq: seqOf(at), changedSeq: seqOf(at) };
});

const summary = {
  threadId: "m990",
  authorId: "Cleo",
  count: 2,
  personIds: ["Cleo"],
  lastAt: null,
  tick: 1,
  about: { title: "Lamp", resolvedAt: null, resolvedById: null },
  aboutSeq: 1,
};
const replies = [1, 2].map((nth): Message => {
  const seq = seqOf(count) + nth;
  return { ...messageBy("Cleo"), id: `r${nth}`, roomId: "other", threadId: summary.threadId, seq, changedSeq: seq };
});
const page = { clock: seqOf(count), floorSeq: 0, before: false, after: false, people: [], threads: [summary] };

/** A page of the log, as the server answers it. */
function pageOf(query: URLSearchParams): object {
  const [limit, before, after, around] = ["limit", "before", "after", "around"].map((name) =>
    query.has(name) ? Number(query.get(name)) : null,
  );
  const size = limit ?? 50;
  const indexOf = (seq: number) => stored.filter((message) => message.seq < seq).length;
  const from = around ? indexOf(around) - size / 2 : after ? indexOf(after + 1) : indexOf(before ?? Infinity) - size;
  const messages = stored.slice(Math.max(0, from), before ? indexOf(before) : from + size);
  const last = messages.at(-1)?.seq ?? Infinity;
  return { ...page, messages, before: from > 0, after: last < seqOf(count - 1) };
}

function answer(url: string): object {
  const { pathname, searchParams } = new URL(url, "http://parley.example");
  if (pathname === "/api/rooms/other") return { room: { ...viewerAs("member", null).room, id: "other" } };
  if (searchParams.get("threadId") === summary.threadId) return { ...page, messages: replies, first: stored[990] };
  if (pathname === "/api/rooms/other/messages") return pageOf(searchParams);
  const ids = searchParams.getAll("messageIds");
  return { messages: [...stored, ...replies].filter(({ id }) => ids.includes(id)), rooms: [], people: [] };
}

let root: Root | undefined;
afterEach(() => root?.unmount());

/** Uses a hook in a page whose requests the server above answers. */
function inPage<Shown>(hook: () => Shown) {
  /** Requests that are held back. */
  const held: (() => void)[] = [];
  const state = { holds: false };
  const fetch = async (url: string) => {
    if (state.holds) await new Promise<void>((go) => held.push(go));
    return { json: async () => ({ ok: true, data: answer(url) }) } as Response;
  };
  const parley = createParley({
    home: viewerAs("member", null).home,
    version: "",
    fetch,
    storage: createMemoryStorage(),
  });
  let shown: Shown | undefined;
  function Preview() {
    shown = hook();
    return null;
  }
  root = createRoot(document.createElement("div"));
  flushSync(() =>
    root?.render(
      <NowProvider>
        <ParleyContext value={parley}>
          <Preview />
        </ParleyContext>
      </NowProvider>,
    ),
  );
  const current = () => {
    if (!shown) throw new Error("Nothing is shown.");
    return shown;
  };
  const reload = () => document.dispatchEvent(new Event("visibilitychange"));
  return { current, state, held, reload };
}

function show() {
  const { current, ...more } = inPage(() => usePreview("other", "me"));
  const log = () => current().log;
  const places = () => log().items.flatMap((item) => (item.type === "message" ? item.message.seq / ticks - 1 : []));
  return { ...more, current, log, range: () => [places()[0], places().at(-1)], places };
}

it("begins at the end, and shows a message far back in its context", async () => {
  const { log, range, places } = show();
  await vi.waitFor(() => expect(range()).toEqual([950, 999]));
  expect(await log().jumpTo("m500")).toBe(true);
  await vi.waitFor(() => expect(places()).toContain(500));
  expect(range()).toEqual([475, 524]);
  expect(log()).toMatchObject({ hasOlder: true, hasNewer: true });
  expect(await log().jumpTo("nothing")).toBe(false);
});

it("keeps what is shown while newer and older messages load, up to the end, and without a gap", async () => {
  const { log, range, places, reload } = show();
  await vi.waitFor(() => expect(range()).toEqual([950, 999]));
  await log().jumpTo("m700");
  await vi.waitFor(() => expect(range()).toEqual([675, 724]));
  await log().loadOlder();
  await vi.waitFor(() => expect(range()).toEqual([625, 724]));
  for (const last of [774, 824, 874, 924, 974, 999]) {
    await log().loadNewer();
    await vi.waitFor(() => expect(range()).toEqual([625, last]));
  }
  expect(log().hasNewer).toBe(false);
  reload();
  await vi.waitFor(() => expect(places()).toHaveLength(375));
  await log().jumpToEnd();
  await vi.waitFor(() => expect(range()).toEqual([950, 999]));
});

it("is not put back to its end by a reload that was under way when somebody jumped", async () => {
  const { log, range, state, held, reload } = show();
  await vi.waitFor(() => expect(range()).toEqual([950, 999]));
  state.holds = true;
  reload();
  await vi.waitFor(() => expect(held.length).toBeGreaterThan(0));
  const late = held.splice(0);
  state.holds = false;
  await log().jumpTo("m100");
  for (const go of late) go();
  await vi.waitFor(() => expect(range()).toEqual([75, 124]));
  reload();
  await vi.waitFor(() => expect(log().hasNewer).toBe(true));
  expect(range()).toEqual([75, 124]);
});

it("shows which messages began a thread, while they are shown", async () => {
  const { current, log, range } = show();
  await vi.waitFor(() => expect(range()).toEqual([950, 999]));
  expect(current().threads).toEqual(new Map([[summary.threadId, summary]]));
  await log().jumpTo("m500");
  await vi.waitFor(() => expect(range()).toEqual([475, 524]));
  expect(current().threads.size).toBe(0);
});

it("shows a thread with its first message, and finds its replies alone", async () => {
  const { current } = inPage(() => useThreadPreview("other", summary.threadId, "me"));
  await vi.waitFor(() => expect(current().status).toBe("ready"));
  const shown = () => current().log.items.flatMap((item) => (item.type === "message" ? item.message.id : []));
  expect(shown()).toEqual(["r1", "r2"]);
  expect(current()).toMatchObject({ first: { id: "m990" }, summary: { count: 2 }, error: null });
  expect(await current().log.jumpTo("r2")).toBe(true);
  expect(await current().log.jumpTo("m500")).toBe(false);
  expect(await current().log.jumpTo("nothing")).toBe(false);
});
