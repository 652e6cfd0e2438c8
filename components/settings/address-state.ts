"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";

/** Browsers refuse to change the address much more often than three times in a second. */
const writeAfterMs = 300;

/**
 * State that is kept in the page's address as the parameter `name`, so that Back, a reload, a link to the page and a copied link
 * show what the address says. The address keeps no `initial` value. What does not fit `schema` is read as `initial`.
 */
export function useAddressState<Value>(
  name: string,
  schema: z.ZodType<Value>,
  initial: Value,
): [Value, (value: Value) => void] {
  const shown = useSearchParams().get(name);
  /** What was set and is not in the address yet. */
  const [draft, setDraft] = useState<{ value: Value } | null>(null);
  const draftText = draft ? textOf(draft.value, initial) : undefined;
  const written = useRef(shown);
  useEffect(() => {
    if (draftText === undefined) return;
    const timer = setTimeout(() => {
      written.current = draftText;
      const address = new URL(location.href);
      if (draftText === null) address.searchParams.delete(name);
      else address.searchParams.set(name, draftText);
      history.replaceState(null, "", address);
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [name, draftText]);
  useEffect(() => {
    // Not `shown`, because what was written last may not be rendered yet.
    const current = new URLSearchParams(location.search).get(name);
    const isOthers = current !== written.current;
    written.current = current;
    // What was typed since the last write stays.
    setDraft((latest) => (latest && !isOthers && textOf(latest.value, initial) !== shown ? latest : null));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Only a change of the address counts.
  }, [name, shown]);
  return [draft ? draft.value : parse(shown, schema, initial), (value) => setDraft({ value })];
}

/** A value as the address keeps it. Null for the initial one. */
function textOf<Value>(value: Value, initial: Value): string | null {
  const text = JSON.stringify(value);
  return text === JSON.stringify(initial) ? null : text;
}

function parse<Value>(text: string | null, schema: z.ZodType<Value>, initial: Value): Value {
  if (text === null) return initial;
  try {
    return schema.catch(initial).parse(JSON.parse(text));
  } catch {
    return initial; // not JSON
  }
}
