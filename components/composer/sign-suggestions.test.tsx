// @vitest-environment happy-dom
import { type ComponentType, useRef } from "react";
import { beforeAll, expect, it } from "vitest";
import type { NamedPerson } from "@/lib/contract/person";
import { textShownIn } from "@/tests/harness/rendered";
import { viewerAs } from "@/tests/harness/viewers";
import { EmojiSuggestions } from "./emoji-suggestions";
import { MentionSuggestions } from "./mention-suggestions";
import { RoomSuggestions } from "./room-suggestions";
import type { SignProps } from "./suggestion-list";
import type { Sign } from "./word";

const named = (name: string): NamedPerson => ({
  id: name,
  name,
  handle: name.toLowerCase(),
  role: "member",
  tick: 1,
});
const answers = { "/names": { people: ["Cleo", "Mo", "<b>Bold</b>"].map(named) } };

type ListProps = { list: ComponentType<SignProps>; sign: Sign; query: string };
function Field({ list: List, sign, query }: ListProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const word = { sign, from: 0, to: query.length + 1, query };
  return (
    <form>
      <textarea ref={field} aria-label="Message" />
      <List fieldRef={field} word={word} roomId="room" onChoose={() => {}} onDismiss={() => {}} />
    </form>
  );
}
const shownTo = (viewer: Parameters<typeof textShownIn>[0], props: ListProps) =>
  textShownIn(viewer, <Field {...props} />, { answers });

// The lists fetch this code. Importing it here keeps the first test from waiting for it.
beforeAll(async () => {
  await import("@/lib/client/names");
  await import("./found-emoji");
});

it("An @ offers people of the room with their handles, groups, and everyone to who may mention them", async () => {
  const mentions = { list: MentionSuggestions, sign: "@", query: "" } as const;
  const text = await shownTo(viewerAs("member", "moderator"), mentions);
  for (const part of ["In this room", "Cleo", "@cleo", "Groups", "Group other", "@room", "everyone here", "@here"])
    expect(text).toContain(part);
  const ofGuest = await shownTo(viewerAs("guest", "member"), mentions);
  expect(ofGuest).toContain("@cleo");
  expect(ofGuest).not.toContain("everyone here");
});

it("A name with markup is text", async () => {
  const text = await shownTo(viewerAs("member", "member"), { list: MentionSuggestions, sign: "@", query: "bold" });
  expect(text).toContain("<b>Bold</b>");
});

it("A # offers rooms", async () => {
  const text = await shownTo(viewerAs("member", "member"), { list: RoomSuggestions, sign: "#", query: "ligth" });
  expect(text).toMatch(/Your rooms\s*lighthouse/);
});

it("A colon offers emoji, with the word that was found", async () => {
  const text = await shownTo(viewerAs("member", "member"), { list: EmojiSuggestions, sign: ":", query: "tada" });
  expect(text).toMatch(/🎉\s*party popper\s*also “tada”/);
});
