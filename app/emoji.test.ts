import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const ranges = Array.from<RegExpExecArray, [number, number]>(
  read("emoji.css").matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g),
  ([, from = "", to = from]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)],
);
const has = (sign: string) => {
  const code = sign.codePointAt(0) ?? 0;
  return ranges.some(([from, to]) => from <= code && code <= to);
};
const all = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff);

it("The emoji font draws every sign that is an emoji by itself", () => {
  const emoji = all.map((code) => String.fromCodePoint(code)).filter((sign) => /^\p{Emoji_Presentation}$/u.test(sign));
  expect(emoji.length).toBeGreaterThan(1_000);
  expect(emoji.filter((sign) => !has(sign))).toEqual([]);
});

it("The emoji font draws no digit, no letter and no sign that is text by itself below the pictures", () => {
  const text = /^[\p{L}\p{N}\p{P}\p{Sc}\p{Sm}\p{Z}]$/u;
  const wrong = all
    .map((code) => String.fromCodePoint(code))
    .filter((sign) => has(sign) && (text.test(sign) || /^[©®™☎✔❤]$/u.test(sign)))
    // Mahjong tiles, playing cards and enclosed letters are emoji too.
    .filter((sign) => (sign.codePointAt(0) ?? 0) < 0x1f000 && !/\p{Emoji_Presentation}/u.test(sign));
  expect(wrong).toEqual([]);
});

it("The emoji font stands behind our own fonts and before the system's", () => {
  const theme = read("globals.css");
  for (const font of ["sans", "mono"]) {
    const stack = new RegExp(`--font-${font}:([^;]*);`)
      .exec(theme)?.[1]
      ?.split(",")
      .map((name) => name.trim());
    expect(stack?.slice(0, 2)).toEqual([`var(--font-geist-${font})`, '"Emoji"']);
  }
});
