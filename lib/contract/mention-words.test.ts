import { expect, it } from "vitest";
import { isMentionWord } from "./mention-words";

it("A word that a mention understands is one in any spelling, and is not part of another", () => {
  for (const name of ["here", "Room", " EVERYONE ", "@all", "ｃｈａｎｎｅｌ", "hеrе", "@ here"])
    expect(isMentionWord(name), name).toBe(true);
  for (const name of ["Hereford", "Room service", "All hands", "Design", "channels", ""])
    expect(isMentionWord(name), name).toBe(false);
});
