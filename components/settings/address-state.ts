"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";

/** Browsers refuse to change the address much more often than three times in a second. */
const writeAfterMs = 300;

/**
 * State that is kept in the page's address as the parameter `name`, so that Back, a reload and a copied link show the same view.
 * The address keeps no `initial` value. What does not fit `schema` is read as `initial`.
 */
export function useAddressState<Value>(
  name: string,
  schema: z.ZodType<Value>,
  initial: Value,
): [Value, (value: Value) => void] {
  const params = useSearchParams();
  const [value, setValue] = useState(() => parse(params.get(name), schema, initial));
  const text = JSON.stringify(value);
  const initialText = JSON.stringify(initial);
  const written = useRef(text);
  useEffect(() => {
    if (text === written.current) return;
    const timer = setTimeout(() => {
      written.current = text;
      const address = new URL(location.href);
      if (text === initialText) address.searchParams.delete(name);
      else address.searchParams.set(name, text);
      history.replaceState(null, "", address);
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [name, text, initialText]);
  return [value, setValue];
}

function parse<Value>(text: string | null, schema: z.ZodType<Value>, initial: Value): Value {
  if (text === null) return initial;
  try {
    return schema.catch(initial).parse(JSON.parse(text));
  } catch {
    return initial; // not JSON
  }
}
