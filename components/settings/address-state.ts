"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";

/** Browsers limit how often a page may change its address. Three times a second is safe. */
const writeAfterMs = 300;

/** Reads a value of the address. Undefined if it does not fit. A schema is not required: zod is too large for the chat. */
type Read<Value> = (value: unknown) => Value | undefined;

/**
 * State that is kept in the page's address as the parameter `name`, so that Back, a reload and a copied link restore it. Without
 * the parameter, or if `read` returns undefined because its value does not fit, the state is `initial`.
 */
export function useAddressState<Value>(
  name: string,
  read: Read<Value>,
  initial: Value,
): [Value, (value: Value) => void] {
  const shown = useSearchParams().get(name);
  /** A value that was set and is not in the address yet. */
  const [draft, setDraft] = useState<{ value: Value } | null>(null);
  const draftText = draft ? textOf(draft.value, initial) : undefined;
  /** The texts that this page wrote. The address can show an earlier one again while a later one is being rendered. */
  const ownTexts = useRef(new Set([shown]));
  useEffect(() => {
    if (draftText === undefined) return;
    const timer = setTimeout(() => {
      ownTexts.current.add(draftText);
      const address = new URL(location.href);
      if (draftText === null) address.searchParams.delete(name);
      else address.searchParams.set(name, draftText);
      history.replaceState(null, "", address);
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [name, draftText]);
  useEffect(() => {
    // Not `shown`: the last written value may not be rendered yet.
    const current = new URLSearchParams(location.search).get(name);
    const isOthers = !ownTexts.current.has(current);
    if (isOthers) ownTexts.current = new Set([current]);
    // Keeps text that was typed since the last write.
    setDraft((latest) => (latest && !isOthers && textOf(latest.value, initial) !== shown ? latest : null));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Only a change of the address counts.
  }, [name, shown]);
  return [draft ? draft.value : parse(shown, read, initial), (value) => setDraft({ value })];
}

/** A value as it is written to the address. Null for the initial value. */
function textOf<Value>(value: Value, initial: Value): string | null {
  const text = JSON.stringify(value);
  return text === JSON.stringify(initial) ? null : text;
}

function parse<Value>(text: string | null, read: Read<Value>, initial: Value): Value {
  if (text === null) return initial;
  try {
    return read(JSON.parse(text)) ?? initial;
  } catch {
    return initial; // not JSON
  }
}
