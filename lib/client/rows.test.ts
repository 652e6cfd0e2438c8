import { expect, it } from "vitest";
import type { Message } from "@/lib/contract/message";
import type { ReactionChange, ReactionKind } from "@/lib/contract/reaction";
import { reactIn } from "./reactions";
import { mergeRows } from "./rows";

const kind = (given: Partial<ReactionKind> = {}): ReactionKind => {
  return { emoji: "🎉", count: 1, personIds: ["bo"], seq: 5, changedSeq: 5, isMine: false, ...given };
};
const message = (given: Partial<Message> = {}): Message => ({
  id: "m",
  roomId: "room",
  authorId: "ada",
  kind: "person",
  body: "Hello",
  notice: null,
  replyToId: null,
  mentions: null,
  threadId: null,
  thread: null,
  alsoInRoom: false,
  movedAt: null,
  seq: 1,
  changedSeq: 1,
  createdAt: new Date(0).toISOString(),
  editedAt: null,
  deletedAt: null,
  pinnedAt: null,
  pinnedById: null,
  ...given,
});
const change = (given: Partial<ReactionChange> = {}): ReactionChange => {
  const { isMine: _, ...counted } = kind();
  return { messageId: "m", messageSeq: 1, ...counted, changed: { bo: true }, ...given };
};

it("An edit without reactions keeps those that are known, and a page with newer ones adds them", () => {
  const known = [message({ reactions: [kind()] })];
  const [edited] = mergeRows(known, [message({ body: "Hello again", changedSeq: 6 })]);
  expect(edited).toMatchObject({ body: "Hello again", reactions: [kind()] });
  const [newer] = mergeRows(known, [message({ reactions: [kind({ count: 2, changedSeq: 7 })] })]);
  expect(newer?.reactions).toEqual([kind({ count: 2, changedSeq: 7 })]);
});

it("An older page changes nothing, and the list stays the same object", () => {
  const known = [message({ changedSeq: 6, reactions: [kind({ count: 2, changedSeq: 7 })] })];
  expect(mergeRows(known, [message({ reactions: [kind()] })])).toBe(known);
});

it("A deleted message has no reactions, and gets none", () => {
  const [deleted] = mergeRows(
    [message({ reactions: [kind()] })],
    [message({ changedSeq: 6, deletedAt: "now", body: "" })],
  );
  expect(deleted?.reactions).toBeUndefined();
  const rows = [deleted as Message];
  expect(reactIn(rows, [change({ changedSeq: 9 })], "me")).toBe(rows);
});

it("A change says who reacts now; for everyone else that stays", () => {
  const rows = [message({ reactions: [kind({ isMine: true })] })];
  const others = reactIn(rows, [change({ count: 2, changedSeq: 6, changed: { cy: true } })], "me");
  expect(others[0]?.reactions).toEqual([kind({ count: 2, changedSeq: 6, isMine: true })]);
  const mine = reactIn(others, [change({ count: 1, changedSeq: 7, changed: { me: false } })], "me");
  expect(mine[0]?.reactions).toEqual([kind({ count: 1, changedSeq: 7, isMine: false })]);
  expect(reactIn(mine, [change({ changedSeq: 6, changed: { me: true } })], "me")).toBe(mine);
});

it("An emoji that nobody reacts with any more does not come back by an older state", () => {
  const taken = reactIn([message({ reactions: [kind()] })], [change({ count: 0, changedSeq: 6 })], "me");
  expect(mergeRows(taken, [message({ reactions: [kind()] })])).toBe(taken);
  expect(taken[0]?.reactions?.[0]?.count).toBe(0);
});

it("The emoji keep the order in which they were first given", () => {
  const rows = reactIn(
    [message({ reactions: [kind({ seq: 5 })] })],
    [change({ emoji: "👍", seq: 3, changedSeq: 9 })],
    "me",
  );
  expect(rows[0]?.reactions?.map(({ emoji }) => emoji)).toEqual(["👍", "🎉"]);
});

it("An emoji that a page no longer had does not come back by a change that is older than the page", () => {
  const known = [message({ reactions: [kind()] })];
  const page = [{ ...message(), reactionsClock: 8 }];
  for (const rows of [mergeRows(known, page), mergeRows(page, known)]) {
    expect(rows[0]?.reactions ?? []).toEqual([]);
    expect(reactIn(rows, [change({ changedSeq: 7 })], "me")).toBe(rows);
    const [edited] = mergeRows(rows, [message({ changedSeq: 9 })]);
    expect(reactIn([edited as Message], [change({ changedSeq: 7 })], "me")).toEqual([edited]);
    expect(reactIn(rows, [change({ changedSeq: 9 })], "me")[0]?.reactions).toEqual([kind({ changedSeq: 9 })]);
  }
});
