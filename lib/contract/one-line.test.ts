// Invisible and misleading characters in text fields. The last two tests check every field of every operation.
import { expect, it } from "vitest";
import type { z } from "zod";
import { operations } from "./index";
import { line, prose } from "./operation";

const name = line(80);
const expectUnchanged = (text: string) => expect(name.parse(text)).toBe(text);
const refusal = (text: string) => name.safeParse(text).error?.issues[0]?.message;

it.each([
  ["a zero-width space", "An\u200bn"],
  ["a joiner between Latin letters", "An\u200dn"],
  ["a non-joiner", "An\u200cn"],
  ["a word joiner", "A\u2060nn"],
  ["a byte order mark", "\ufeffAnn"],
  ["a soft hyphen", "An\u00adn"],
  ["a variation selector on a letter", "Ann\ufe0f"],
  ["an ideographic selector on a letter", "Ann\u{e0101}"],
  ["tags", "Ann\u{e0041}\u{e007f}"],
  ["direction marks", "Ann\u200e\u200f\u061c"],
  ["a Hangul filler", "\u3164Ann"],
  ["a grapheme joiner", "A\u034fnn"],
  ["an annotation", "\ufff9Ann\ufffb"],
])("A name loses %s", (_, text) => expect(name.parse(text)).toBe("Ann"));

it.each([
  ["spaces of several kinds", "Ann \u00a0 \u2009Lee\u2800", "Ann Lee"],
  ["a letter and its accent", "Rene\u0301", "René"],
])("A name with %s is normalized", (_, text, shown) => expect(name.parse(text)).toBe(shown));

it.each([
  ["Persian", "علی‌رضا می‌خواهم"],
  ["Hindi", "क्‍ष क्‌ष"],
  ["Sinhala", "ශ්‍රී"],
  ["a family", "👩‍👩‍👧‍👦 team"],
  ["a profession with a tone", "👩🏽‍💻"],
  ["a flag", "🏳️‍🌈 🏴‍☠️"],
  ["a flag of tags", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scots"],
  ["a heart", "❤️ us"],
  ["a key cap", "#️⃣ 1️⃣ first"],
  ["a Japanese name's form", "葛󠄀城"],
  ["a full-width space", "山田　太郎"],
  ["Vietnamese", "Nguyễn Thị Hường"],
  ["Hebrew with points", "שָׁלוֹם".normalize("NFC")],
  ["Thai", "ที่นี่ น้ำ"],
  ["Tibetan", "རྐྱེན་"],
  ["two alphabets in two words", "Проект Alpha"],
  ["two alphabets in one word that looks like no other", "SQLщики ΔT µm"],
])("A name with %s is stored unchanged", (_, text) => expectUnchanged(text));

it.each([
  ["control characters", "a\u0007b", /can.t be shown/],
  ["a line break", "a\nb", /can.t be shown/],
  ["reversed text", "finance\u202etxt.exe", /can.t be shown/],
  ["an isolate", "a\u2067b", /can.t be shown/],
  ["half a surrogate pair", "a\ud83d", /can.t be shown/],
  ["a private-use character", "\uf8ff Ann", /can.t be shown/],
  ["a stack of combining marks", `A${"\u0310".repeat(30)}nn`, /too many marks/],
  ["a combining mark without a letter", "\u0310nn", /too many marks/],
  ["a Cyrillic letter in a Latin word", "lіghthouse", /two alphabets/],
  ["a Greek letter in a Latin word", "Οlga", /two alphabets/],
  ["nothing to see", "\u200b \u2800\u3164", /can.t be empty/],
])("%s is refused", (_, text, message) => expect(refusal(text)).toMatch(message));

it("Text of several lines loses invisible characters and keeps its lines", () => {
  expect(prose(100).parse(" a\u200bb\n\n  c\u00ad ")).toBe("ab\n\n  c");
});

/** The fields that keep invisible characters, and why. */
const asTyped: Record<string, string> = {
  "message.send body": "a message is stored as it was typed",
  "message.edit body": "a message is stored as it was typed",
  "draft.write text": "a draft is stored as it was typed",
  "organization.setup password": "secret",
  "invite.accept password": "secret",
  "password.reset password": "secret",
  "password.change current": "secret",
  "password.change next": "secret",
  "sync epoch": "compared with the server's own, never stored or shown",
};

/** Every string in an input, with its path. */
function strings(schema: z.core.$ZodType, path: string): [path: string, schema: z.ZodType][] {
  const def = (schema as z.ZodType)._zod.def as unknown as Record<string, unknown> & { type: string };
  if (def.type === "string") return [[path, schema as z.ZodType]];
  const inner = ["innerType", "element", "in", "keyType", "valueType"].flatMap((part) =>
    def[part] ? strings(def[part] as z.core.$ZodType, path) : [],
  );
  const options = ((def.options ?? []) as z.core.$ZodType[]).flatMap((option) => strings(option, path));
  const shape = Object.entries((def.shape ?? {}) as Record<string, z.core.$ZodType>);
  // A pipe counts as one string, because only its result matters.
  if (def.type === "pipe") return [[path, schema as z.ZodType]];
  return [...inner, ...options, ...shape.flatMap(([field, part]) => strings(part, `${path} ${field}`))];
}

const freeText = "An\u200bn with\u00ad enough\u2060 letters\u200d for any field";
const fields = Object.values(operations).flatMap((operation) => strings(operation.input, operation.name));

it("Every free-text field removes invisible characters, or is listed here with a reason", () => {
  expect(fields.length).toBeGreaterThan(30);
  const untouched = fields.filter(([, schema]) => schema.safeParse(freeText).data === freeText).map(([path]) => path);
  expect(untouched.toSorted()).toEqual(Object.keys(asTyped).toSorted());
});

it("Every one-line text field refuses direction controls, and only descriptions and notes may have several lines", () => {
  const cleaned = fields.filter(
    ([, schema]) => schema.safeParse(freeText).data === "Ann with enough letters for any field",
  );
  const multiLine = cleaned.filter(([, schema]) => schema.safeParse("two\nlines").success).map(([path]) => path);
  expect(multiLine.toSorted()).toEqual([
    "joinRequest.send note",
    "room.create description",
    "room.update description",
    "roomInvite.send note",
  ]);
  const names = cleaned.map(([path]) => path).filter((path) => !multiLine.includes(path));
  expect(names).toEqual(
    expect.arrayContaining(["organization.setup organization", "organization.setup name", "room.create name"]),
  );
  for (const [path, schema] of cleaned) {
    if (!multiLine.includes(path)) expect(schema.safeParse("finance\u202etxt.exe").success, path).toBe(false);
  }
});
