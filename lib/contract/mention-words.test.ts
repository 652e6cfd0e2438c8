import { expect, it } from "vitest";
import { isMentionWord, wordMeaning } from "./mention-words";

it("A word that a mention understands is one in any spelling, and is not part of another", () => {
  for (const name of ["here", "Room", " EVERYONE ", "@all", "ｃｈａｎｎｅｌ", "hеrе", "@ here"])
    expect(isMentionWord(name), name).toBe(true);
  for (const name of ["Hereford", "Room service", "All hands", "Design", "channels", ""])
    expect(isMentionWord(name), name).toBe(false);
});

it("here means those who are active, and every other word everybody in the room", () => {
  expect(wordMeaning("here")).toBe("here");
  for (const word of ["room", "all", "everyone", "everybody", "channel"]) expect(wordMeaning(word), word).toBe("room");
  for (const word of ["Here", "rooms", "toString", ""]) expect(wordMeaning(word), word).toBeNull();
});
