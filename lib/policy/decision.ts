import type { ErrorCode } from "@/lib/contract/errors";

/** A policy's answer: allowed, or an error code and a sentence that says what would be needed. */
export type Decision = { ok: true } | { ok: false; code: ErrorCode; need: string };

export const yes: Decision = { ok: true };

/** A refusal with the sentence that people read. */
export function no(need: string, code: ErrorCode = "forbidden"): Decision {
  return { ok: false, code, need };
}

/** The person who asks, with what policies need to know of them. */
export interface Asker {
  personId: string;
  role: "owner" | "admin" | "member" | "guest";
}

/** Owners and admins run the organization. */
export function runsOrganization(asker: Asker): boolean {
  return asker.role === "owner" || asker.role === "admin";
}
