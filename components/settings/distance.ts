const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How far a moment is from now: "2 minutes ago", "in 6 days"; beyond a month its date. */
export function distance(at: Date, now = new Date()): string {
  const ms = at.getTime() - now.getTime();
  if (Math.abs(ms) >= 31 * 86_400_000) return (at.getFullYear() === now.getFullYear() ? day : dayOfYear).format(at);
  const [unit, size] = units.find(([, least]) => Math.abs(ms) >= least) ?? ["minute", 60_000];
  return Math.abs(ms) < 60_000 ? "now" : words.format(Math.round(ms / size), unit);
}
