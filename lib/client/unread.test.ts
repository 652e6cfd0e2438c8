import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/contract/message";
import { applyToUnread, isCapped, removeRead, unreadFromEntry } from "./unread";

const me = "me";
const reader = { meId: me, blocked: { ids: new Set(["pest"]), tick: 1 } };
const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);
const entry = (unread: number[]) => unreadFromEntry({ unread });
const row = (seq: number, more: Partial<Message> = {}): Message =>
  ({ id: `m${seq}`, seq, changedSeq: seq, kind: "person", authorId: "ann", deletedAt: null, ...more }) as Message;

describe("what is unread", () => {
  it.each([
    ["somebody else's message", {}, true],
    ["a bot's", { kind: "bot", authorId: null }, true],
    ["a webhook's", { kind: "webhook", authorId: null }, true],
    ["a notice", { kind: "notice" }, false],
    ["mine", { authorId: me }, false],
    ["that of somebody whom I block", { authorId: "pest" }, false],
    ["a deleted one", { deletedAt: "now" }, false],
  ] as [string, Partial<Message>, boolean][])("%s", (_, more, counts) => {
    expect(applyToUnread(entry([]), [row(5, more)], reader, 0).seqs.has(5)).toBe(counts);
  });

  it("excludes messages up to the read position", () => {
    expect(applyToUnread(entry([]), [row(5)], reader, 5).seqs.size).toBe(0);
  });

  it("drops a deleted message, and counts a message that arrives twice once", () => {
    const once = applyToUnread(entry([3, 5]), [row(5, { deletedAt: "now" })], reader, 0);
    expect([...once.seqs]).toEqual([3]);
    expect(applyToUnread(once, [row(5, { deletedAt: "now" })], reader, 0)).toBe(once);
  });
});

describe("what mentions me", () => {
  const mentioned = (more: Partial<Message>) =>
    applyToUnread(entry([]), [row(5, more)], reader, 0).mentions.seqs.has(5);
  it.each([
    ["my handle", { mentions: { me: { kind: "person", id: me } } }, true],
    ["somebody else's", { mentions: { ann: { kind: "person", id: "ann" } } }, false],
    ["the room", { mentions: { everyone: { kind: "room" } } }, true],
    ["a group or @here that means me", { mentions: { team: { kind: "group", id: "t" } }, isForMe: true }, true],
    ["a group or @here that does not", { mentions: { here: { kind: "here" } } }, false],
    ["somebody whom I block", { mentions: { room: { kind: "room" } }, authorId: "pest" }, false],
    ["myself", { mentions: { room: { kind: "room" } }, authorId: me }, false],
    ["a deleted message", { mentions: null, deletedAt: "now" }, false],
  ] as [string, Partial<Message>, boolean][])("a mention by or of %s", (_, more, counts) => {
    expect(mentioned(more)).toBe(counts);
  });

  it("is also what an edit adds, and not what it takes away", () => {
    const plain = applyToUnread(entry([]), [row(5)], reader, 0);
    const added = applyToUnread(plain, [row(5, { mentions: { room: { kind: "room" } } })], reader, 0);
    expect([...added.mentions.seqs]).toEqual([5]);
    const taken = applyToUnread(added, [row(5)], reader, 0);
    expect([taken.seqs.size, taken.mentions.seqs.size]).toEqual([1, 0]);
    expect(removeRead(added, 5).mentions.seqs.size).toBe(0);
  });

  it("can be older than the hundred counted messages", () => {
    const many = unreadFromEntry({ unread: from(101, 100), mentions: [3] });
    expect(isCapped(many, 0)).toBe(true);
    expect(isCapped(many.mentions, 0)).toBe(false);
    expect([...removeRead(many, 2).mentions.seqs]).toEqual([3]);
  });
});

describe("more than a hundred unread messages", () => {
  it("are capped, even after some of the newest were deleted", () => {
    const full = applyToUnread(entry(from(1, 100)), [row(101)], reader, 0);
    expect(full.seqs.size).toBe(100);
    const fewer = applyToUnread(full, [row(101, { deletedAt: "now" })], reader, 0);
    expect(fewer.seqs.size).toBe(99);
    expect(isCapped(fewer, 0)).toBe(true);
  });

  it("do not count a message older than the counted ones", () => {
    const full = applyToUnread(entry(from(1, 100)), [row(101)], reader, 0);
    const edited = applyToUnread(full, [row(101, { deletedAt: "now" }), row(1)], reader, 0);
    expect(edited.seqs.has(1)).toBe(false);
  });

  it("are counted exactly again once the uncounted ones are read", () => {
    const full = applyToUnread(
      entry(from(1, 100)),
      from(101, 50).map((seq) => row(seq)),
      reader,
      0,
    );
    const some = removeRead(full, 40);
    expect(isCapped(some, 40)).toBe(true);
    const rest = removeRead(some, 60);
    expect(rest.seqs.size).toBe(90);
    expect(isCapped(rest, 60)).toBe(false);
  });
});
