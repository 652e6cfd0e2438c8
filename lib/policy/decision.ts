import type { ErrorCode } from "@/lib/contract/errors";

/** A policy's answer: yes, or the code of the refusal and a sentence that says what was needed. */
export type Decision = { ok: true } | { ok: false; code: ErrorCode; need: string };

export const yes: Decision = { ok: true };

/** A refusal that names what was needed. */
export function no(need: string, code: ErrorCode = "forbidden"): Decision {
  return { ok: false, code, need };
}

/** Who asks, as far as policies care. */
export interface Asker {
  personId: string;
  role: "owner" | "admin" | "member" | "guest";
}

/** Owners and admins run the organization. */
export function runsOrganization(asker: Asker): boolean {
  return asker.role === "owner" || asker.role === "admin";
}
