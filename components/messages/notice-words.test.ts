import { expect, test } from "vitest";
import type { Notice } from "@/lib/contract/message";
import { noticeWords, peopleNamed, directionOf } from "./notice-words";
import { allNoticeWords } from "./room-change-words";

const people: Record<string, string> = { a: "Ada", b: "Bo", c: "Cleo", d: "Dev", e: "Elif" };
const nameOf = (id: string) => people[id] ?? "?";
/** Notices from a shorthand such as "joined a", "left a" or "added b c by a". */
const told = (...notices: string[]) =>
  notices.map((notice) => {
    const [what = "", by] = notice.split(" by ");
    const [type, ...personIds] = what.split(" ");
    const authorId = by === "nobody" ? null : (by ?? personIds[0] ?? null);
    return { authorId, notice: (type === "created" ? { type } : { type, personIds }) as Notice };
  });
const say = (...notices: string[]) =>
  noticeWords(told(...notices), nameOf)
    .map((piece) => ("name" in piece ? piece.name : piece.text))
    .join("");

test.each([
  ["Ada created the room", ["created by a"]],
  ["Ada joined", ["joined a"]],
  ["Bo left", ["left b"]],
  ["Ada added Bo", ["added b by a"]],
  ["Bo joined", ["added b by b"]],
  ["Bo left", ["removed b by b"]],
  ["Ada added Bo, Cleo and Dev", ["added b c d by a"]],
  ["Ada added Bo, Cleo and 2 others", ["added b c d e by a"]],
  ["Someone removed Bo", ["removed b by nobody"]],
])("one notice: %s", (sentence, notices) => expect(say(...notices)).toBe(sentence));

test.each<[string, Notice]>([
  ["Ada renamed the room from tea to coffee", { type: "renamed", from: "tea", to: "coffee" }],
  ["Ada set the topic to Earl Grey", { type: "topic", topic: "Earl Grey" }],
  ["Ada removed the topic", { type: "topic", topic: "" }],
  ["Ada let only moderators and admins post", { type: "posting", postingPolicy: "moderators" }],
  ["Ada let everyone post", { type: "posting", postingPolicy: "everyone" }],
  ["Ada made the room private", { type: "access", from: "public", access: "private" }],
  ["Ada made the room public", { type: "access", from: "private", access: "public" }],
  ["Ada restricted the room to groups", { type: "access", from: "private", access: "restricted" }],
  ["Ada changed which groups can join", { type: "access", from: "restricted", access: "restricted" }],
  ["Ada lets newcomers see what was said before they joined", { type: "history", history: "everything" }],
  ["Ada hides what was said before from people who join from now on", { type: "history", history: "fromJoining" }],
  ["Ada turned off the notices about who joins and leaves", { type: "notices", notices: false }],
  ["Ada turned on the notices about who joins and leaves", { type: "notices", notices: true }],
  ["Ada archived the room", { type: "archived" }],
  ["Ada unarchived the room", { type: "unarchived" }],
  ["Ada made Bo a moderator", { type: "role", personIds: ["b"], role: "moderator" }],
  ["Ada made Bo an admin", { type: "role", personIds: ["b"], role: "admin" }],
  ["Ada became a plain member", { type: "role", personIds: ["a"], role: "member" }],
])("one change of the room: %s", (sentence, notice) => {
  const notices = [{ authorId: "a", notice }];
  const words = allNoticeWords(notices, nameOf).map((piece) => ("name" in piece ? piece.name : piece.text));
  expect(words.join("")).toBe(sentence);
  expect(new Set(peopleNamed(notices))).toEqual(new Set(["a", ...("personIds" in notice ? notice.personIds : [])]));
});

test.each([
  ["Ada joined, left and joined again", ["joined a", "left a", "joined a"]],
  ["Ada joined and left", ["joined a", "left a"]],
  ["Bo left and joined again", ["left b", "joined b"]],
  ["Bo was added, left and joined again", ["added b by a", "left b", "joined b"]],
  ["Bo joined and was removed", ["joined b", "removed b by a"]],
  ["Bo and Cleo were added and were removed", ["added b c by a", "removed b by a", "removed c by d"]],
  ["Ada came and went several times, then left", ["joined a", "left a", "joined a", "left a"]],
  ["Ada came and went several times, then joined", ["left a", "joined a", "left a", "joined a", "joined a"]],
])("one person's comings and goings: %s", (sentence, notices) => expect(say(...notices)).toBe(sentence));

test.each([
  ["Ada, Bo and 3 others joined", ["joined a", "joined b", "joined c", "joined d", "joined e"]],
  ["Ada added Bo, Cleo and Dev", ["added b by a", "added c d by a"]],
  ["Ada added Bo; Dev added Cleo", ["added b by a", "added c by d"]],
  ["Ada joined; Bo left", ["joined a", "left b"]],
  ["Ada joined and left; Bo and Cleo joined", ["joined a", "joined b", "left a", "joined c"]],
  [
    "Ada joined; Bo left; 3 others came or went",
    ["joined a", "left b", "added c by a", "added d by b", "removed e by a"],
  ],
])("several people: %s", (sentence, notices) => expect(say(...notices)).toBe(sentence));

test("only the names that are said are asked for", () => {
  const many = told(...Array.from({ length: 5_000 }, (_, at) => `joined p${at}`));
  expect(new Set(peopleNamed(many))).toEqual(new Set(["p0", "p1", "p2", null]));
});

test("a row tells whether all came, all went, or both", () => {
  expect(directionOf(told("joined a", "added b by a"))).toBe("came");
  expect(directionOf(told("left a", "removed b by a"))).toBe("went");
  expect(directionOf(told("joined a", "left a"))).toBe("both");
});
