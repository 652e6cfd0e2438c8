import type { TimeFormat } from "@/components/messages/times";

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** A time relative to now, such as "2 minutes ago" or "in 6 days". From 31 days away, the date. */
export const distance: TimeFormat = (at, { date, formats }) => {
  const ms = at.getTime() - date.getTime();
  if (Math.abs(ms) >= 31 * 86_400_000)
    return (at.getFullYear() === date.getFullYear() ? formats.dayOfMonth : formats.dayOfYear).format(at);
  const [unit, unitMs] = units.find(([, minMs]) => Math.abs(ms) >= minMs) ?? ["minute", 60_000];
  return Math.abs(ms) < 60_000 ? "now" : formats.relative.format(Math.round(ms / unitMs), unit);
};
