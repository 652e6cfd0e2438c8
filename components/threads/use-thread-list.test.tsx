// @vitest-environment happy-dom
// What changes on another device moves a thread to the list that it belongs in.
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, it, vi } from "vitest";
import { putRoom } from "@/lib/client/catch-up";
import { createParley } from "@/lib/client/engine";
import { ParleyContext } from "@/lib/client/hooks/use-parley";
import { NowProvider } from "@/lib/client/now-provider";
import { createMemoryStorage } from "@/lib/client/outbox-storage";
import { applyFollow, applyReplies } from "@/lib/client/threads";
import type { RoomState } from "@/lib/client/room-state";
import type { ThreadFilter } from "@/lib/contract/thread";
import type { ThreadAbout, ThreadFollow } from "@/lib/contract/thread-summary";
import { messageBy, viewerAs } from "@/tests/harness/viewers";
import { useThreadList } from "./use-thread-list";

const roomId = "room";
const threadId = "message";
const follow: ThreadFollow = {
  roomId,
  threadId,
  isFollowed: true,
  isMuted: null,
  about: null,
  aboutSeq: 2,
  chosenAtSeq: 0,
  lastReadSeq: 9,
  fromSeq: 0,
  readAtSeq: 0,
  tick: 1,
  clock: 9,
  unread: [],
  unreadInRoom: [],
};

let root: Root | undefined;
afterEach(() => root?.unmount());

/** Shows a list, of which the server says what it has. */
async function show(filter: ThreadFilter) {
  const server = { ids: [] as string[], asked: 0 };
  const fetch = async () => {
    server.asked++;
    return {
      json: async () => ({ ok: true, data: { threads: server.ids.map((id) => ({ id })), people: [], next: null } }),
    };
  };
  const parley = createParley({
    home: viewerAs("member", "member").home,
    version: "",
    fetch: fetch as unknown as typeof globalThis.fetch,
    storage: createMemoryStorage(),
  });
  const change = (next: (room: RoomState) => RoomState) =>
    flushSync(() =>
      parley.stores.rooms.setState((state) => putRoom(state, next(state.rooms.get(roomId) as RoomState))),
    );
  change((room) => applyFollow(room, follow));
  let ids: string[] = [];
  function List() {
    ids = useThreadList(filter, "newest", true).rows.map(({ id }) => id);
    return null;
  }
  root = createRoot(document.createElement("div"));
  flushSync(() =>
    root?.render(
      <NowProvider>
        <ParleyContext value={parley}>
          <List />
        </ParleyContext>
      </NowProvider>,
    ),
  );
  await vi.waitFor(() => expect(server.asked).toBe(1));
  const shows = (expected: string[]) => vi.waitFor(() => expect(ids).toEqual(expected));
  return { server, change, shows };
}

/** The first message, when this is said of its thread. */
const told = (about: ThreadAbout | null, changedSeq: number) => (room: RoomState) =>
  applyReplies(room, [{ ...messageBy("them"), id: threadId, thread: about, changedSeq }]);
const resolved: ThreadAbout = { title: null, resolvedAt: "2026-11-30T09:00:00.000Z", resolvedById: "them" };

it("A thread that somebody resolves or opens again leaves one list and enters the other", async () => {
  const { server, change, shows } = await show("resolved");
  server.ids = [threadId];
  change(told(resolved, 10));
  await shows([threadId]);
  server.ids = [];
  change(told(null, 11));
  await shows([]);
  expect(server.asked).toBe(3);
});

it("So does a thread that gets a title or loses it, and one that is followed or no longer", async () => {
  const { server, change, shows } = await show("titled");
  server.ids = [threadId];
  change(told({ title: "The plan", resolvedAt: null, resolvedById: null }, 10));
  await shows([threadId]);
  server.ids = [];
  change((room) => applyFollow(room, { ...follow, isFollowed: false, tick: 2 }));
  await shows([]);
});

it("A list is not asked for again when a thread is read or renamed", async () => {
  const { server, change, shows } = await show("titled");
  const title = (words: string): ThreadAbout => ({ title: words, resolvedAt: null, resolvedById: null });
  server.ids = [threadId];
  change(told(title("The plan"), 10));
  await shows([threadId]);
  change(told(title("Another plan"), 11));
  change((room) =>
    applyFollow(room, { ...follow, about: title("Another plan"), aboutSeq: 11, lastReadSeq: 10, tick: 2 }),
  );
  server.ids = [];
  change(told(null, 12));
  await shows([]);
  expect(server.asked).toBe(3);
});
