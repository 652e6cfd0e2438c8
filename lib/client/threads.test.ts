import { expect, it } from "vitest";
import type { Message } from "@/lib/contract/message";
import { createServer, me, threadId } from "@/tests/harness/thread-server";
import { applySync } from "./room-log";
import { applyPage, markPagePending } from "./room-pages";
import { createRoom } from "./room-state";
import { changeThread } from "./thread-log";
import { putFirst, threadOf } from "./threads";

/** A room of which too much is missed, with its thread on the screen or not. */
function missTooMuch({ isShown }: { isShown: boolean }) {
  const server = createServer("other");
  const query = { newest: true } as const;
  let view = createRoom(server.entry(), me);
  const first = server.change(0, { editedAt: "once" }) as Message;
  if (isShown) view = changeThread(view, threadId, (state) => markPagePending(state, query));
  if (isShown) view = changeThread(view, threadId, (state) => applyPage(state, query, server.page(query)));
  view = putFirst(view, threadId, first);
  for (let n = 0; n < 40; n++) server.send("other", null);
  const answer = server.sync(view.clock);
  expect(answer.kind).toBe("limited");
  return { server, first, view: applySync(view, answer) };
}

it("After too many missed changes, the thread on the screen keeps its first message until a newer state comes", () => {
  const { server, first, view } = missTooMuch({ isShown: true });
  expect(threadOf(view, threadId)).toMatchObject({ log: null, first });
  const later = { ...first, changedSeq: server.clock() + 1, editedAt: "later" };
  expect(threadOf(putFirst(view, threadId, later), threadId).first).toEqual(later);
});

it("After too many missed changes, nothing is kept of a thread that is not on the screen", () => {
  const { view } = missTooMuch({ isShown: false });
  expect(threadOf(view, threadId).first).toBeUndefined();
});
