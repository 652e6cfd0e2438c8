import { inputTime, type StatusEnd, statusEnds } from "./status-ends";
import type { Status } from "./status";

/** What is in the fields of the dialog for a status. */
export interface StatusForm {
  emoji: string;
  text: string;
  end: StatusEnd;
  /** The value of the date and time input. */
  custom: string;
}

export function formOf(status: Status | null): StatusForm {
  const until = status?.until;
  return {
    emoji: status?.emoji ?? "",
    text: status?.text ?? "",
    end: until ? "custom" : "never",
    custom: until ? inputTime(new Date(until)) : "",
  };
}

/** The form that was kept. Null if nothing was, or if it is not one. */
export function keptForm(kept: string): StatusForm | null {
  try {
    const { emoji, text, end, custom } = JSON.parse(kept) as Record<string, unknown>;
    const isForm =
      [emoji, text, custom].every((field) => typeof field === "string") &&
      statusEnds.some(({ value }) => value === end);
    return isForm ? ({ emoji, text, end, custom } as StatusForm) : null;
  } catch {
    return null;
  }
}
