import { dayOf, endOfDay } from "@/components/settings/end-of-day";

/** When a status ends, as the dialog offers it. */
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

/** Statuses that people often set, with their usual ends. */
export const usualStatuses: readonly { emoji: string; text: string; end: StatusEnd }[] = [
  { emoji: "📅", text: "In a meeting", end: "hour" },
  { emoji: "🥪", text: "Lunch", end: "hour" },
  { emoji: "🎧", text: "Focus", end: "fourHours" },
  { emoji: "🌧️", text: "Working from home", end: "today" },
  { emoji: "🤒", text: "Off sick", end: "today" },
  { emoji: "🌴", text: "Away", end: "custom" },
];

const minutes = { halfHour: 30, hour: 60, fourHours: 240 };

/** The time that an offered end means now. `custom` is what a date and time input has. Null: the status stays, or nothing is chosen. */
export function endTime(end: StatusEnd, custom: string, now: Date): string | null {
  if (end === "never") return null;
  if (end === "today") return endOfDay(dayOf(now));
  if (end === "custom") return custom === "" ? null : new Date(custom).toISOString();
  if (end === "week") {
    // The week ends with Sunday.
    const sunday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ((7 - now.getDay()) % 7));
    return endOfDay(dayOf(sunday));
  }
  return new Date(now.getTime() + minutes[end] * 60_000).toISOString();
}

/** A time as a date and time input has it, in this browser's time zone. */
export function inputTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
