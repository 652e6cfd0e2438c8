import { daysAgo, type TimeFormat } from "@/components/messages/times";

/** A time inside a sentence: the time of day for today, then "yesterday", then the date. */
export const inviteTime: TimeFormat = (at, { date, formats }) => {
  const days = daysAgo(at, date);
  if (days <= 0) return formats.time.format(at);
  return days === 1 ? "yesterday" : formats.shortDay.format(at);
};

export const inviteDay: TimeFormat = (at, { formats }) => formats.shortDay.format(at);
