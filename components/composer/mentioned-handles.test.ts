import { expect, it } from "vitest";
import { mentionedHandles } from "./mentioned-handles";

const known = new Set(["ada", "kaya", "bo-k", "陈"]);
const mentioned = (text: string) => mentionedHandles(text, (handle) => known.has(handle));

it("Each known handle counts once, in any case, next to punctuation and to scripts without spaces", () => {
  expect(mentioned("@Ada, @ada and @bo-k.")).toEqual(["ada", "bo-k"]);
  expect(mentioned("(@kaya) 请@陈看看")).toEqual(["kaya", "陈"]);
  expect(mentioned("@ada.Thanks @kaya-like")).toEqual(["ada", "kaya"]);
});

it("Addresses, code, quotes and unknown names mention nobody", () => {
  for (const text of ["x@ada", "mail.@ada", "/@ada", "`@ada`", "```\n@ada\n```", "```\n@ada", "> @ada", "@adam", "@"])
    expect(mentioned(text), text).toEqual([]);
});

it("A text of 16,000 signs is read within a frame", () => {
  for (const part of ["@", "@a", "@a.", "`@", "```@", "> @a\n", "@a-b_c."]) {
    const text = part.repeat(16_000).slice(0, 16_000);
    const begun = performance.now();
    mentioned(text);
    expect(performance.now() - begun, part).toBeLessThan(50);
  }
});
