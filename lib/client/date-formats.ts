/** Formats for the reader's time zone and locale. When the time zone changes, create new formats. */
export interface Formats {
  time: Intl.DateTimeFormat;
  dateAndTime: Intl.DateTimeFormat;
  weekday: Intl.DateTimeFormat;
  longWeekday: Intl.DateTimeFormat;
  dayOfWeek: Intl.DateTimeFormat;
  dayOfMonth: Intl.DateTimeFormat;
  dayOfYear: Intl.DateTimeFormat;
  month: Intl.DateTimeFormat;
  shortDay: Intl.DateTimeFormat;
  relative: Intl.RelativeTimeFormat;
  /** Converts a timestamp to its date in the reader's time zone, such as 2026-01-31. */
  dayOf: (at: string) => string;
  /** Whether the device still has the time zone and locale of these formats. */
  isCurrent: () => boolean;
}

/** A time of day, as it is usual where the reader is: 14:53, or 2:53 PM. */
const timeOfDay = { timeStyle: "short" } as const;

export function createFormats(): Formats {
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options);
  const time = date(timeOfDay);
  const { timeZone, locale } = time.resolvedOptions();
  return {
    time,
    dateAndTime: date({ dateStyle: "full", timeStyle: "short" }),
    weekday: date({ weekday: "short" }),
    longWeekday: date({ weekday: "long" }),
    dayOfWeek: date({ weekday: "long", day: "numeric", month: "long" }),
    dayOfMonth: date({ day: "numeric", month: "long" }),
    dayOfYear: date({ day: "numeric", month: "long", year: "numeric" }),
    month: date({ month: "long", year: "numeric" }),
    shortDay: date({ day: "numeric", month: "short" }),
    relative: new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }),
    dayOf(at) {
      const local = new Date(at);
      const twoDigits = (part: number) => String(part).padStart(2, "0");
      return `${local.getFullYear()}-${twoDigits(local.getMonth() + 1)}-${twoDigits(local.getDate())}`;
    },
    isCurrent() {
      const current = date({}).resolvedOptions();
      return current.timeZone === timeZone && current.locale === locale;
    },
  };
}

// The sentences around the names are English.
const lists = new Intl.ListFormat("en-GB");

/** Names in a sentence, such as "Clara, Dev and Hugo". */
export const inSentence = (names: readonly string[]): string => lists.format(names);

/** The time of day in a time zone, and its offset: the minutes that it is ahead of UTC. Throws if the time zone is unknown. */
export function clockIn(timeZone: string, date: Date): { time: string; offset: number } {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return {
    time: new Intl.DateTimeFormat(undefined, { timeZone, ...timeOfDay }).format(date),
    offset: local / 60_000 - Math.floor(date.getTime() / 60_000),
  };
}
