// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { recentEmoji, rememberedTone, rememberEmoji, rememberTone } from "./recent-emoji";

beforeEach(() => localStorage.clear());

it("One's own emoji come first, the latest first, and the usual ones fill up", () => {
  expect(recentEmoji("me", 3)).toEqual(["👍", "🎉", "👀"]);
  rememberEmoji("me", "🚀");
  rememberEmoji("me", "👀");
  rememberEmoji("me", "🚀");
  expect(recentEmoji("me", 5)).toEqual(["🚀", "👀", "👍", "🎉", "❤️"]);
});

it("Each person in a browser has their own", () => {
  rememberEmoji("me", "🚀");
  rememberTone("me", "dark");
  expect(recentEmoji("other", 1)).toEqual(["👍"]);
  expect([rememberedTone("me"), rememberedTone("other")]).toEqual(["dark", "none"]);
});

it("What else is in the storage is ignored", () => {
  localStorage.setItem("parley.reactions.me", '{"a":1}');
  localStorage.setItem("parley.skin-tone.me", "nonsense");
  expect(recentEmoji("me", 1)).toEqual(["👍"]);
  expect(rememberedTone("me")).toBe("none");
});
