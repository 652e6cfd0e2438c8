import { expect, it } from "vitest";
import { returnText } from "./return-text";

function createTexts(kept: Record<string, string> = {}) {
  const read = (place: string) => kept[place] ?? "";
  return { kept, read, write: (place: string, text: string) => void (kept[place] = text) };
}

it("A message goes back into its room's composer, before what is there, with what it quotes", () => {
  const texts = createTexts({ room: "Later" });
  returnText(texts, { roomId: "room", body: "First", replyToId: "quoted" });
  expect(texts.kept).toEqual({ room: "First\n\nLater", "reply.room": "quoted" });
});

it("A reply goes back into its thread's composer, also if the room would have shown it", () => {
  const texts = createTexts({ room: "Later" });
  const reply = { threadId: "thread", alsoInRoom: true };
  returnText(texts, { roomId: "room", body: "First", replyToId: "quoted", reply });
  expect(texts.kept).toEqual({ room: "Later", "room/thread": "First", "reply.room/thread": "quoted" });
});
