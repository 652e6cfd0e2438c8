const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const dayOfWeek = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** Midnights between a moment and now, by the person's own calendar. */
export function daysAgo(at: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export const clockTime = (at: Date) => clock.format(at);
export const fullTime = (at: Date) => full.format(at);

/** For the narrow gutter: without AM or PM, which the group's first line has said. */
export function gutterTime(at: Date): string {
  return clock
    .formatToParts(at)
    .filter((part) => part.type !== "dayPeriod")
    .map((part) => part.value)
    .join("")
    .trim();
}

/** What stands between two days of a log. */
export function dayName(at: Date, now = new Date()): string {
  const days = daysAgo(at, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return at.getFullYear() === now.getFullYear() ? dayOfWeek.format(at) : dayOfYear.format(at);
}

/** In lists of rooms: the time today, the weekday within a week, else the date. */
export function shortTime(at: Date, now = new Date()): string {
  const days = daysAgo(at, now);
  if (days <= 0) return clock.format(at);
  return days < 7 ? weekday.format(at) : shortDay.format(at);
}

export function longDate(at: Date): string {
  return dayOfYear.format(at);
}
