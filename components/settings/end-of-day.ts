/** The day of a moment in this browser's time zone, in a date input's format: "2026-01-31". */
export function dayOf(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The last day of access that ends at `endsAt`, which is the first instant after that day. */
export function lastDayOf(endsAt: string): string {
  return dayOf(new Date(new Date(endsAt).getTime() - 1));
}

/** The end of a day in this browser's time zone, as an instant. */
export function endOfDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + 1).toISOString();
}
