"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { isKey } from "@/components/ui/keys";
import type { Person } from "@/lib/contract/person";

type RecipientKeys = {
  text: string;
  onText: (text: string | ((typed: string) => string)) => void;
  /** The people in the list who can be chosen. */
  choosable: readonly Person[];
  /** Whether the list is for an earlier text. */
  isStale: boolean;
  /** Finds people who can be chosen, for a text that is no longer in the field. */
  findNow: (text: string) => Promise<readonly Person[]>;
  /** May be called late, when something else has been typed, and the focus is elsewhere. */
  onChoose: (person: Person) => void;
  /** Called for Backspace in the empty field. */
  onRemoveLast: () => void;
  /** Called for Enter in the empty field. */
  onOpen: () => void;
};

/**
 * The keys of the field that finds the people of a new message. Enter chooses the person who is highlighted: the one whom the arrows
 * reached, or else the best match. One can type on right after Enter, also before its results arrive.
 */
export function useRecipientKeys(props: RecipientKeys) {
  const { text, onText, choosable, isStale, findNow, onChoose, onRemoveLast, onOpen } = props;
  const [reached, setReached] = useState({ id: "", text: "" });
  // What is entered before its results arrive is done in the order in which it was entered.
  const queue = useRef(Promise.resolve());
  const query = text.trim();
  const active =
    (reached.text === text ? choosable.find(({ id }) => id === reached.id) : undefined) ??
    (query && !isStale ? choosable[0] : undefined);

  function enter() {
    const find = async () => {
      // Without a connection, the best of those who are known.
      const [best] = await findNow(query).catch(() => choosable);
      if (best) onChoose(best);
      else onText((typed) => `${query} ${typed}`.trim());
    };
    // At once, because what is typed from now on is meant for somebody else.
    if (active || query) onText("");
    queue.current = queue.current.then(active ? () => onChoose(active) : query ? find : onOpen);
  }
  function move(step: 1 | -1) {
    const at = active ? choosable.indexOf(active) : Math.min(-step, 0);
    const next = choosable[(at + step + choosable.length) % choosable.length];
    if (next) setReached({ id: next.id, text });
  }
  return {
    activeId: active?.id,
    onKeyDown(event: KeyboardEvent) {
      if (isKey(event, "backspace") && text === "") return onRemoveLast();
      if (isKey(event, "enter")) enter();
      else if (isKey(event, "down")) move(1);
      else if (isKey(event, "up")) move(-1);
      else if (isKey(event, "esc") && text !== "") onText("");
      else return;
      event.preventDefault();
    },
  };
}
