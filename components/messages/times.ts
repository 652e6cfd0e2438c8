import type { Now } from "@/lib/client/now";

/** A moment in words, as of now and where one is. */
export type TimeWords = (at: Date, now: Now) => string;

/** Midnights between a moment and now, by the person's own calendar. */
export function daysAgo(at: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export const clockTime: TimeWords = (at, { formats }) => formats.clock.format(at);
export const fullTime: TimeWords = (at, { formats }) => formats.full.format(at);
export const longDate: TimeWords = (at, { formats }) => formats.dayOfYear.format(at);

/** For the narrow gutter: without AM or PM, which the group's first line has said. */
export const gutterTime: TimeWords = (at, { formats }) =>
  formats.clock
    .formatToParts(at)
    .filter((part) => part.type !== "dayPeriod")
    .map((part) => part.value)
    .join("")
    .trim();

/** What stands between two days of a log. */
export const dayName: TimeWords = (at, { date, formats }) => {
  const days = daysAgo(at, date);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return at.getFullYear() === date.getFullYear() ? formats.dayOfWeek.format(at) : formats.dayOfYear.format(at);
};

/** In lists of rooms: the time today, the weekday within a week, else the date. */
export const shortTime: TimeWords = (at, { date, formats }) => {
  const days = daysAgo(at, date);
  if (days <= 0) return formats.clock.format(at);
  return days < 7 ? formats.weekday.format(at) : formats.shortDay.format(at);
};
