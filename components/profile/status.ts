import { daysAgo } from "@/components/messages/times";
import type { Now } from "@/lib/client/now";
import type { Person } from "@/lib/contract/person";

/** What a person says they are doing. */
export interface Status {
  emoji: string;
  text: string;
  /** When the status ends. Null if it has no end. */
  until: string | null;
}

/** The status of a person, even if it has ended. Null if they have none. */
export function statusOf(person: Pick<Person, "statusEmoji" | "statusText" | "statusUntil">): Status | null {
  const { statusEmoji: emoji, statusText: text, statusUntil: until } = person;
  return emoji === "" && text === "" ? null : { emoji, text, until };
}

/** Such as "until 11:00", "until Friday" or "until 3 January". */
export function untilWords(until: string, { date, formats }: Now): string {
  const end = new Date(until);
  const last = new Date(end.getTime() - 1);
  const days = -daysAgo(last, date);
  // A status that ends at midnight lasts for the whole day before.
  if (end.getHours() === 0 && end.getMinutes() === 0) {
    if (days === 0) return "today";
    return `until ${days < 7 ? formats.longWeekday.format(last) : formats.dayOfMonth.format(last)}`;
  }
  const time = formats.time.format(end);
  if (days === 0) return `until ${time}`;
  return `until ${days < 7 ? formats.longWeekday.format(end) : formats.dayOfMonth.format(end)}, ${time}`;
}

/** When a person was last online, such as "yesterday at 18:40". */
export function seenWords(at: string, { date, formats }: Now): string {
  const seen = new Date(at);
  const days = daysAgo(seen, date);
  const time = formats.time.format(seen);
  if (days <= 0) return `today at ${time}`;
  if (days === 1) return `yesterday at ${time}`;
  if (days < 7) return `on ${formats.longWeekday.format(seen)} at ${time}`;
  return `on ${(seen.getFullYear() === date.getFullYear() ? formats.dayOfMonth : formats.dayOfYear).format(seen)}`;
}
