import type { Now } from "@/lib/client/now";

/** Formats a time for the reader's time zone and language, relative to now. */
export type TimeFormat = (at: Date, now: Now) => string;

/** The number of midnights between a time and now, in the reader's time zone. */
export function daysAgo(at: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export const clockTime: TimeFormat = (at, { formats }) => formats.time.format(at);
export const fullTime: TimeFormat = (at, { formats }) => formats.dateAndTime.format(at);
export const monthOfYear: TimeFormat = (at, { formats }) => formats.month.format(at);
export const longDate: TimeFormat = (at, { formats }) => formats.dayOfYear.format(at);

/** For the narrow gutter: without AM or PM, which the first message of the group shows. */
export const gutterTime: TimeFormat = (at, { formats }) =>
  formats.time
    .formatToParts(at)
    .filter((part) => part.type !== "dayPeriod")
    .map((part) => part.value)
    .join("")
    .trim();

/** For the separator between two days of a log. */
export const dayName: TimeFormat = (at, { date, formats }) => {
  const days = daysAgo(at, date);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return at.getFullYear() === date.getFullYear() ? formats.dayOfWeek.format(at) : formats.dayOfYear.format(at);
};

/** For lists of rooms: today the time, within a week the weekday, otherwise the date. */
export const shortTime: TimeFormat = (at, { date, formats }) => {
  const days = daysAgo(at, date);
  if (days <= 0) return formats.time.format(at);
  return days < 7 ? formats.weekday.format(at) : formats.shortDay.format(at);
};
