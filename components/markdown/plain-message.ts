"use client";
import { useMemo } from "react";
import { useKnownNames } from "@/components/people/use-names";
import { mentionedPeople } from "@/lib/client/mention-reader";
import type { Message } from "@/lib/contract/message";
import { usePlainText } from "./plain-text";

/** A message as one line of text, with the names that the people whom it mentions have today. */
export function usePlainMessage(message: Pick<Message, "body" | "mentions">, max: number): string {
  const toPlainText = usePlainText();
  const mentioned = mentionedPeople(message.mentions);
  const nameOf = useKnownNames(mentioned);
  // One text, so that the message is parsed again only if one of these names changes.
  const names = JSON.stringify(mentioned.map((id) => [id, nameOf(id)]));
  return useMemo(() => {
    const known = new Map(JSON.parse(names) as [string, string | null][]);
    return toPlainText(message, max, (id) => known.get(id) ?? null);
  }, [toPlainText, message, max, names]);
}
