"use client";
import { type RefObject, useEffect } from "react";
import { useRoom } from "@/lib/client/hooks/use-room";
import { AbsentNote } from "./absent-note";
import { applyChange } from "./format";
import { EmojiSuggestions } from "./emoji-suggestions";
import { confirmedAbove } from "./mention-question";
import { MentionSuggestions } from "./mention-suggestions";
import { RoomSuggestions } from "./room-suggestions";
import { useNames } from "./use-names";
import { useWord } from "./use-word";

const lists = { "@": MentionSuggestions, "#": RoomSuggestions, ":": EmojiSuggestions } as const;

type SuggestionsProps = {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** The room that the text is for; null before it exists. */
  roomId: string | null;
  value: string;
};

/**
 * Offers people, groups, rooms and emoji while a word that begins with their sign is typed into the field, and says who of those mentioned
 * will not see the text.
 */
export default function Suggestions({ fieldRef, roomId, value }: SuggestionsProps) {
  const { word, hide, dismiss } = useWord(fieldRef);
  const item = useRoom(roomId ?? "");
  // Loads the names before the first sign is typed.
  const { groups } = useNames(item?.room ?? null);
  useEffect(() => {
    const text = value.includes("@") ? value.toLowerCase() : "";
    const asks = groups.some((group) => group.memberCount > confirmedAbove && text.includes(`@${group.handle}`));
    // The composer then asks before it sends the text.
    fieldRef.current?.toggleAttribute("data-may-mention-many", asks);
  }, [fieldRef, groups, value]);
  useEffect(() => {
    const field = fieldRef.current;
    // A textarea cannot have the role of a combobox. A textbox may have a list, too.
    field?.setAttribute("aria-autocomplete", "list");
    field?.setAttribute("aria-haspopup", "listbox");
  }, [fieldRef]);

  const List = word && lists[word.sign];
  function choose(insert: string) {
    const field = fieldRef.current;
    if (!field || !word) return;
    const { from, to } = word;
    const end = from + insert.length;
    // A space that is already there is not typed twice.
    const hasSpace = insert.endsWith(" ") && field.value.charAt(to) === " ";
    applyChange(field, { from, to, insert: hasSpace ? insert.slice(0, -1) : insert, select: [end, end] });
    hide();
  }
  return (
    <>
      {List && <List fieldRef={fieldRef} word={word} roomId={roomId} onChoose={choose} onDismiss={dismiss} />}
      {item && <AbsentNote item={item} text={value} onDone={() => fieldRef.current?.focus()} />}
    </>
  );
}
