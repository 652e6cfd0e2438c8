import { dayOf, endOfDay } from "@/components/settings/end-of-day";

/** The choices for when a status ends. */
export const statusEnds = [
  { value: "never", label: "Don't clear" },
  { value: "halfHour", label: "30 minutes" },
  { value: "hour", label: "1 hour" },
  { value: "fourHours", label: "4 hours" },
  { value: "today", label: "End of today" },
  { value: "week", label: "End of this week" },
  { value: "custom", label: "A day and time" },
] as const;
export type StatusEnd = (typeof statusEnds)[number]["value"];

/** The choices for when a chosen presence ends. */
export const presenceEnds = statusEnds.map((end) =>
  end.value === "never" ? { ...end, label: "Until I change it" } : end,
);

/** Statuses that people often set, with their usual ends. */
export const usualStatuses: readonly { emoji: string; text: string; end: StatusEnd }[] = [
  { emoji: "📅", text: "In a meeting", end: "hour" },
  { emoji: "🥪", text: "Lunch", end: "hour" },
  { emoji: "🎧", text: "Focus", end: "fourHours" },
  { emoji: "🌧️", text: "Working from home", end: "today" },
  { emoji: "🤒", text: "Off sick", end: "today" },
  { emoji: "🌴", text: "Away", end: "custom" },
];

/** Emojis for other statuses. */
export const statusEmojis: readonly string[] = [
  ...usualStatuses.map(({ emoji }) => emoji),
  ..."💬 🏠 🚆 ☕ 🔥 🎉".split(" "),
];

const minutes = { halfHour: 30, hour: 60, fourHours: 240 };

/**
 * The time that a choice stands for, counted from `now`. `custom` is the value of a date and time input. Null if the status has
 * no end, or `custom` is empty.
 */
export function endTime(end: StatusEnd, custom: string, now: Date): string | null {
  if (end === "never") return null;
  if (end === "today") return endOfDay(dayOf(now));
  if (end === "custom")
    return custom === "" ? null : new Date(custom.length > latestTime.length ? latestTime : custom).toISOString();
  if (end === "week") {
    // The week ends with Sunday.
    const sunday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ((7 - now.getDay()) % 7));
    return endOfDay(dayOf(sunday));
  }
  return new Date(now.getTime() + minutes[end] * 60_000).toISOString();
}

/** The latest value of a date and time input. Without it, browsers accept years of more than four digits. */
export const latestTime = "9999-12-31T23:59";

/** A time as the value of a date and time input, in this browser's time zone, such as 2026-02-03T09:05. */
export function inputTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
