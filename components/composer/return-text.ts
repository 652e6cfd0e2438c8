import { placeOf } from "@/lib/client/draft-places";
import type { OutboxEntry } from "@/lib/client/stores/outbox";
import type { Texts } from "@/lib/client/texts";
import { replyPlace } from "./composer";

type Returned = Pick<OutboxEntry, "roomId" | "body" | "replyToId" | "reply">;

/** Puts the text of an unsent message before what is in the composer that it was written in: its room's, or its thread's. */
export function returnText(texts: Pick<Texts, "read" | "write">, { roomId, body, replyToId, reply }: Returned): void {
  const place = placeOf({ roomId, threadId: reply?.threadId });
  const text = texts.read(place);
  texts.write(place, text.trim() ? `${body}\n\n${text}` : body);
  if (replyToId) texts.write(replyPlace(place), replyToId);
}
