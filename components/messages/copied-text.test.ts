import { expect, it } from "vitest";
import { createFormats } from "@/lib/client/date-formats";
import { parse } from "@/lib/contract/markdown/parse";
import type { Message } from "@/lib/contract/message";
import { copiedText } from "./copied-text";
import type { LogRowItem } from "./log-rows";
import { clockTime } from "./times";

const now = { date: new Date(), formats: createFormats() };
const at = (minute: number) => new Date(2026, 10, 28, 9, minute);
const time = (minute: number) => clockTime(at(minute), now);

function message(id: string, minute: number, more: Partial<Message> = {}, grouped = false): LogRowItem {
  const said: Message = {
    id,
    roomId: "r",
    authorId: "ada",
    kind: "person",
    body: `**${id}** said`,
    notice: null,
    mentions: null,
    threadId: null,
    thread: null,
    alsoInRoom: false,
    movedAt: null,
    seq: minute,
    changedSeq: minute,
    createdAt: at(minute).toISOString(),
    editedAt: null,
    deletedAt: null,
    replyToId: null,
    pinnedAt: null,
    pinnedById: null,
    ...more,
  };
  return { type: "message", key: id, message: said, grouped, unsent: null };
}

const names: Readonly<Record<string, string>> = { ada: "Ada Park", team: "On call" };
const words = { nameOf: (id: string) => id.toUpperCase(), knownNameOf: (id: string) => names[id] ?? null, parse, now };
const copied = (...rows: [LogRowItem, string?][]) =>
  copiedText(
    rows.map(([row, selectedText]) => ({ row, selectedText })),
    words,
  );

it("names, times and texts are there once each, under their day", () => {
  const text = copied(
    [{ type: "start", key: "start" }],
    [{ type: "date", key: "date", day: "2026-11-28" }],
    [message("a", 1)],
    [message("b", 2, { editedAt: at(3).toISOString() }, true)],
    [{ type: "new", key: "new" }],
    [message("c", 4, { authorId: "bo", body: "```\none\n\n\n\ntwo\n```" })],
    [message("d", 5, { body: "", deletedAt: at(6).toISOString() })],
    [message("e", 7, { kind: "notice", body: "", notice: { type: "left", personIds: ["cy"] } })],
  );
  const [day, ...rest] = text.split("\n");
  expect(day).toContain("2026");
  expect(rest.join("\n")).toBe(
    [
      "",
      `ADA, ${time(1)}`,
      "a said",
      "b said",
      "",
      `BO, ${time(4)}`,
      "one\n\n\n\ntwo",
      "",
      `ADA, ${time(5)}`,
      "This message was deleted",
      "",
      `CY left, ${time(7)}`,
    ].join("\n"),
  );
});

it("of the first and last message only what is selected is there, with its author", () => {
  expect(
    copied([message("a", 1, {}, true), "id"], [message("b", 2, {}, true)], [message("c", 3, {}, true), "c s"]),
  ).toBe(`ADA, ${time(1)}\nid\nb said\nc s`);
});

it("a message that was moved into a thread is copied without its text, like the room shows it", () => {
  const rows = [message("a", 1), message("b", 2, { movedAt: at(3).toISOString(), threadId: "t" }, true)];
  const text = (isPointer: boolean) =>
    copiedText(
      rows.map((row, nth) => ({ row, isPointer: isPointer && nth === 1 })),
      words,
    );
  expect(text(true)).toBe(`ADA, ${time(1)}\na said\nMoved to a thread`);
  expect(text(false)).toBe(`ADA, ${time(1)}\na said\nb said`);
});

it("a collapsed message has neither its author nor its text", () => {
  const collapsed = { ...message("a", 1), collapsed: true } as LogRowItem;
  expect(copied([collapsed], [message("b", 2)])).toBe(`Blocked., ${time(1)}\n\nADA, ${time(2)}\nb said`);
});

it("a mention is copied with the name of today, or as it was typed for who does not know the person or group", () => {
  const mentions = {
    ada: { kind: "person", id: "ada" },
    stranger: { kind: "person", id: "x" },
    oncall: { kind: "group", id: "team" },
    secret: { kind: "group", id: "y" },
    here: { kind: "here" },
  } as const;
  const body = "@Ada and @stranger, @oncall and @secret, @here, not @nobody";
  expect(copied([message("a", 1, { body, mentions }, true)])).toContain(
    "@Ada Park and @stranger, @On call and @secret, @here, not @nobody",
  );
});
