import { clockIn } from "@/lib/client/date-formats";
import type { Now } from "@/lib/client/now";

/** What the clock of another time zone shows now: "08:31 in Lisbon", and how far it is from the reader's. */
export interface LocalTime {
  time: string;
  /** Such as "1 hour behind you". */
  difference: string;
}

/**
 * Null if this browser does not know the time zone. `readerOffset` has the minutes that the reader's time zone is ahead of UTC.
 */
export function localTime(
  timeZone: string,
  { date }: Pick<Now, "date">,
  readerOffset = -date.getTimezoneOffset(),
): LocalTime | null {
  try {
    const { time, offset } = clockIn(timeZone, date);
    return { time: `${time} in ${placeOf(timeZone)}`, difference: differenceWords(offset - readerOffset) };
  } catch {
    return null;
  }
}

/** The place that a time zone is named after: "Buenos Aires" for "America/Argentina/Buenos_Aires". */
export const placeOf = (timeZone: string): string => (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");

function differenceWords(minutes: number): string {
  if (minutes === 0) return "same as you";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [
    ...(hours > 0 ? [hours === 1 ? "1 hour" : `${hours} hours`] : []),
    ...(rest > 0 ? [`${rest} minutes`] : []),
  ];
  return `${parts.join(" ")} ${minutes > 0 ? "ahead of" : "behind"} you`;
}
