import type { TimeFormat } from "./times";

/** A day after "on". */
export const dayInSentence: TimeFormat = (at, { date, formats }) =>
  at.getFullYear() === date.getFullYear() ? formats.dayOfMonth.format(at) : formats.dayOfYear.format(at);
