import { clockIn } from "@/lib/client/date-formats";
import type { Now } from "@/lib/client/now";

/** The current time in another time zone. */
export interface LocalTime {
  /** Such as "08:31 in Lisbon". */
  time: string;
  /** The difference from the reader's time, such as "1 hour behind you". */
  difference: string;
}

/** Null if the browser does not support the time zone. `readerOffset` is how many minutes the reader is ahead of UTC. */
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
