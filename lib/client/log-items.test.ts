import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/contract/message";
import { type LogItemsInput, logItems } from "./log-items";
import type { OutboxEntry } from "./stores/outbox";

const noon = Date.parse("2026-03-01T12:00:00.000Z");
const minute = 60_000;
const dayOf = (at: string) => at.slice(0, 10);

const message = (seq: number, authorId: string, atMs: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  roomId: "room",
  authorId,
  kind: "person",
  body: `Body ${seq}`,
  notice: null,
  mentions: null,
  threadId: null,
  thread: null,
  alsoInRoom: false,
  movedAt: null,
  seq,
  changedSeq: seq,
  createdAt: new Date(atMs).toISOString(),
  editedAt: null,
  deletedAt: null,
  replyToId: null,
  pinnedAt: null,
  pinnedById: null,
  ...more,
});
const entry = (id: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id,
  personId: "me",
  roomId: "room",
  body: `Unsent ${id}`,
  createdAt: noon,
  state: "waiting",
  ...more,
});

const given: LogItemsInput = {
  messages: [],
  entries: [],
  edits: new Map(),
  hasOlder: false,
  meId: "me",
  newAfter: null,
  dayOf,
};

/** The rows in short form: `date`, `new`, `m1`, and `+m2` for a message grouped with the row above. */
function rows(input: Partial<LogItemsInput>): string[] {
  const items = logItems({ ...given, ...input });
  return items.map((item) => (item.type === "message" ? `${item.grouped ? "+" : ""}${item.message.id}` : item.type));
}

describe("grouping", () => {
  it("groups messages of one author within five minutes", () => {
    const messages = [
      message(1, "ann", noon),
      message(2, "ann", noon + 5 * minute),
      message(3, "ann", noon + 11 * minute),
    ];
    expect(rows({ messages })).toEqual(["date", "m1", "+m2", "m3"]);
  });

  it("starts a new group for another author", () => {
    const messages = [message(1, "ann", noon), message(2, "bob", noon), message(3, "ann", noon)];
    expect(rows({ messages })).toEqual(["date", "m1", "m2", "m3"]);
  });

  it("never groups a notice, or a message with the notice before it", () => {
    const notice: Partial<Message> = { kind: "notice", notice: { type: "joined", personIds: ["ann"] } };
    const messages = [message(1, "ann", noon), message(2, "ann", noon, notice), message(3, "ann", noon)];
    expect(rows({ messages })).toEqual(["date", "m1", "m2", "m3"]);
  });

  it("never groups a reply with what comes before it, but what comes after it", () => {
    const reply = message(2, "ann", noon, { replyToId: "m0" });
    expect(rows({ messages: [message(1, "ann", noon), reply, message(3, "ann", noon)] })).toEqual([
      "date",
      "m1",
      "m2",
      "+m3",
    ]);
  });

  it("starts a new group at midnight", () => {
    const midnight = Date.parse("2026-03-02T00:00:00.000Z");
    const messages = [message(1, "ann", midnight - 1_000), message(2, "ann", midnight)];
    expect(rows({ messages })).toEqual(["date", "m1", "date", "m2"]);
  });
});

describe("consecutive join and leave notices", () => {
  const notice = (seq: number, type: "joined" | "left" | "added", personId: string, atMs = noon) =>
    message(seq, personId, atMs, { kind: "notice", notice: { type, personIds: [personId] } });
  const other = (seq: number, type: "archived" | "unarchived") =>
    message(seq, "ann", noon, { kind: "notice", notice: { type } });
  const created = message(1, "ann", noon, { kind: "notice", notice: { type: "created" } });

  it("are one row, under the time of the newest", () => {
    const messages = [created, notice(2, "joined", "bob"), notice(3, "left", "bob"), notice(4, "joined", "cleo")];
    expect(rows({ messages })).toEqual(["date", "m1", "m4"]);
    const row = logItems({ ...given, messages }).at(-1);
    expect(row).toMatchObject({ key: "m2", message: { seq: 4 }, notices: [{ id: "m2" }, { id: "m3" }, { id: "m4" }] });
  });

  it("start a new row after a message, at midnight and at the divider", () => {
    const midnight = Date.parse("2026-03-02T00:00:00.000Z");
    const messages = [
      notice(1, "joined", "bob"),
      message(2, "ann", noon),
      notice(3, "left", "bob"),
      notice(4, "joined", "bob", midnight),
    ];
    expect(rows({ messages })).toEqual(["date", "m1", "m2", "m3", "date", "m4"]);
    expect(rows({ messages, newAfter: 1 })).toEqual(["date", "m1", "new", "m2", "m3", "date", "m4"]);
  });

  it("share no row with a change of the room, and such changes share none with each other", () => {
    const messages = [
      notice(1, "joined", "bob"),
      other(2, "archived"),
      other(3, "unarchived"),
      notice(4, "left", "bob"),
      notice(5, "joined", "bob"),
    ];
    expect(rows({ messages })).toEqual(["date", "m1", "m2", "m3", "m5"]);
  });

  const kinds = fc.constantFrom("says", "joined", "left", "added");
  const logs = fc.array(fc.tuple(kinds, fc.constantFrom("ann", "bob"), fc.nat(600 * minute)), { maxLength: 30 });
  const made = (log: [string, string, number][]) => {
    let at = noon;
    return log.map(([kind, who, later], index) => {
      at += later;
      return kind === "says" ? message(index + 1, who, at) : notice(index + 1, kind as "joined", who, at);
    });
  };
  const keysOf = (messages: Message[]) =>
    logItems({ ...given, messages }).flatMap((row) => (row.type === "message" ? [row.key] : []));

  it("show every notice once, and every row has its own key", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const messages = made(log);
        const items = logItems({ ...given, messages });
        const shown = items.flatMap((row) =>
          row.type !== "message" ? [] : "notices" in row ? row.notices.map(({ id }) => id) : [row.message.id],
        );
        expect(shown).toEqual(messages.map(({ id }) => id));
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
        expect(Math.max(0, ...items.map((row) => (row.type === "message" ? row.message.seq : 0)))).toBe(
          messages.length,
        );
      }),
    );
  });

  it("keep their keys when rows are added below; rows added above change only the first key", () => {
    fc.assert(
      fc.property(logs, fc.nat(30), (log, cut) => {
        const messages = made(log);
        const all = keysOf(messages);
        const above = keysOf(messages.slice(0, cut));
        expect(all.slice(0, above.length)).toEqual(above);
        const below = keysOf(messages.slice(cut)).slice(1);
        expect(all.slice(all.length - below.length)).toEqual(below);
      }),
    );
  });
});

describe('the divider "New"', () => {
  const messages = [message(1, "ann", noon), message(2, "me", noon), message(3, "ann", noon), message(4, "ann", noon)];

  it("is before the first message of another person that was unread when the room was opened", () => {
    expect(rows({ messages, newAfter: 1 })).toEqual(["date", "m1", "m2", "new", "m3", "+m4"]);
  });

  it("starts a new group", () => {
    expect(rows({ messages, newAfter: 3 })).toEqual(["date", "m1", "m2", "m3", "new", "m4"]);
  });

  it("is missing if everything was read when the room was opened", () => {
    expect(rows({ messages, newAfter: null })).not.toContain("new");
  });

  it("is missing while its position is not loaded", () => {
    const later = messages.slice(2);
    expect(rows({ messages: later, newAfter: 1, hasOlder: true })).not.toContain("new");
    expect(rows({ messages: later, newAfter: 1, hasOlder: false })).toContain("new");
  });

  it("stays before a message with a pending edit", () => {
    expect(rows({ messages, newAfter: 1, edits: new Map([["m3", "Edited"]]) })).toContain("new");
  });
});

describe("messages of people whom I block", () => {
  const blocked = { ids: new Set(["ann"]), tick: 1 };
  const messages = [message(1, "bob", noon), message(2, "ann", noon), message(3, "ann", noon), message(4, "bob", noon)];
  const collapsed = (input: Partial<LogItemsInput>) =>
    logItems({ ...given, messages, blocked, ...input }).flatMap((item) =>
      item.type === "message" && "collapsed" in item ? [item.key] : [],
    );

  it("are collapsed until I ask to see them, one by one, and each stands alone", () => {
    expect(collapsed({})).toEqual(["m2", "m3"]);
    expect(collapsed({ shownIds: new Set(["m2"]) })).toEqual(["m3"]);
    expect(rows({ messages, blocked, shownIds: new Set(["m2", "m3"]) })).toEqual(["date", "m1", "m2", "m3", "m4"]);
  });

  it("are not collapsed if they are notices, which tell of the room", () => {
    const notice: Partial<Message> = { kind: "notice", notice: { type: "archived" } };
    expect(collapsed({ messages: [message(1, "ann", noon, notice)] })).toEqual([]);
  });

  it("are not new", () => {
    expect(rows({ messages, blocked, newAfter: 1 })).toEqual(["date", "m1", "m2", "m3", "new", "m4"]);
    expect(rows({ messages: messages.slice(0, 3), blocked, newAfter: 1 })).not.toContain("new");
  });
});

describe("unsent messages", () => {
  it("stand at the end, grouped with what I said before", () => {
    expect(rows({ messages: [message(1, "me", noon)], entries: [entry("d1"), entry("d2")] })).toEqual([
      "date",
      "m1",
      "+d1",
      "+d2",
    ]);
  });

  it("are not shown beside the message they became", () => {
    expect(rows({ messages: [message(1, "me", noon, { id: "d1" })], entries: [entry("d1")] })).toEqual(["date", "d1"]);
  });

  it("tell why they failed", () => {
    const items = logItems({ ...given, entries: [entry("d1", { state: "failed", reason: "This room is archived." })] });
    expect(items.at(-1)).toMatchObject({ unsent: { state: "failed", reason: "This room is archived." } });
  });
});

it("shows a pending edit in place of the message, unless that was deleted", () => {
  const messages = [message(1, "ann", noon), message(2, "ann", noon, { deletedAt: "now", body: "" })];
  const edits = new Map([
    ["m1", "New text"],
    ["m2", "New text"],
  ]);
  const items = logItems({ ...given, messages, edits });
  const bodies = items.flatMap((item) => (item.type === "message" ? [item.message.body] : []));
  expect(bodies).toEqual(["New text", ""]);
});
