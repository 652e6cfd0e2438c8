import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/contract/message";
import { type LogItemsInput, logItems } from "./log-items";
import type { Draft } from "./stores/outbox";

const noon = Date.parse("2026-03-01T12:00:00.000Z");
const minute = 60_000;

const message = (seq: number, authorId: string, atMs: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  roomId: "room",
  authorId,
  kind: "person",
  body: `Body ${seq}`,
  notice: null,
  seq,
  changedSeq: seq,
  createdAt: new Date(atMs).toISOString(),
  editedAt: null,
  deletedAt: null,
  ...more,
});
const draft = (id: string, more: Partial<Draft> = {}): Draft => ({
  id,
  personId: "me",
  roomId: "room",
  body: `Draft ${id}`,
  createdAt: noon,
  state: "waiting",
  ...more,
});

/** The rows in short: `date`, `new`, `m1`, and `+m2` for one that is grouped with the row above. */
function rows(input: Partial<LogItemsInput>): string[] {
  const items = logItems({
    messages: [],
    drafts: [],
    edits: new Map(),
    hasBefore: false,
    meId: "me",
    newAfter: null,
    dayOf: (at) => at.slice(0, 10),
    ...input,
  });
  return items.map((item) => (item.type === "message" ? `${item.grouped ? "+" : ""}${item.message.id}` : item.type));
}

describe("grouping", () => {
  it("puts messages of one author within five minutes together", () => {
    const messages = [
      message(1, "ann", noon),
      message(2, "ann", noon + 5 * minute),
      message(3, "ann", noon + 11 * minute),
    ];
    expect(rows({ messages })).toEqual(["date", "m1", "+m2", "m3"]);
  });

  it("begins anew with another author", () => {
    const messages = [message(1, "ann", noon), message(2, "bob", noon), message(3, "ann", noon)];
    expect(rows({ messages })).toEqual(["date", "m1", "m2", "m3"]);
  });

  it("never groups notices, nor what follows one", () => {
    const notice: Partial<Message> = { kind: "notice", notice: { type: "joined", personIds: ["ann"] } };
    const messages = [message(1, "ann", noon), message(2, "ann", noon, notice), message(3, "ann", noon)];
    expect(rows({ messages })).toEqual(["date", "m1", "m2", "m3"]);
  });

  it("ends at midnight", () => {
    const midnight = Date.parse("2026-03-02T00:00:00.000Z");
    const messages = [message(1, "ann", midnight - 1_000), message(2, "ann", midnight)];
    expect(rows({ messages })).toEqual(["date", "m1", "date", "m2"]);
  });
});

describe('the divider "New"', () => {
  const messages = [message(1, "ann", noon), message(2, "me", noon), message(3, "ann", noon), message(4, "ann", noon)];

  it("stands before the first message of somebody else that was unread on entering", () => {
    expect(rows({ messages, newAfter: 1 })).toEqual(["date", "m1", "m2", "new", "m3", "+m4"]);
  });

  it("begins a group", () => {
    expect(rows({ messages, newAfter: 3 })).toEqual(["date", "m1", "m2", "m3", "new", "m4"]);
  });

  it("is not there when everything was read on entering", () => {
    expect(rows({ messages, newAfter: null })).not.toContain("new");
  });

  it("is not there while its place is not loaded", () => {
    const later = messages.slice(2);
    expect(rows({ messages: later, newAfter: 1, hasBefore: true })).not.toContain("new");
    expect(rows({ messages: later, newAfter: 1, hasBefore: false })).toContain("new");
  });

  it("stays before a message whose edit is on its way", () => {
    expect(rows({ messages, newAfter: 1, edits: new Map([["m3", "Edited"]]) })).toContain("new");
  });
});

describe("drafts", () => {
  it("stand at the end, grouped with what I said before", () => {
    expect(rows({ messages: [message(1, "me", noon)], drafts: [draft("d1"), draft("d2")] })).toEqual([
      "date",
      "m1",
      "+d1",
      "+d2",
    ]);
  });

  it("are not shown beside the message they became", () => {
    expect(rows({ messages: [message(1, "me", noon, { id: "d1" })], drafts: [draft("d1")] })).toEqual(["date", "d1"]);
  });

  it("tell why they failed", () => {
    const items = logItems({
      messages: [],
      drafts: [draft("d1", { state: "failed", reason: "This room is archived." })],
      edits: new Map(),
      hasBefore: false,
      meId: "me",
      newAfter: null,
    });
    expect(items.at(-1)).toMatchObject({ draft: { state: "failed", reason: "This room is archived." } });
  });
});

it("shows an edit on its way over the message, but not over one that was deleted", () => {
  const messages = [message(1, "ann", noon), message(2, "ann", noon, { deletedAt: "now", body: "" })];
  const edits = new Map([
    ["m1", "New text"],
    ["m2", "New text"],
  ]);
  const items = logItems({ messages, drafts: [], edits, hasBefore: false, meId: "me", newAfter: null });
  const bodies = items.flatMap((item) => (item.type === "message" ? [item.message.body] : []));
  expect(bodies).toEqual(["New text", ""]);
});
