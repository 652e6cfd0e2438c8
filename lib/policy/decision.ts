import type { ErrorCode } from "@/lib/contract/errors";

/** A policy's answer: allowed, or an error code and a sentence with the reason. */
export type Decision = { ok: true } | { ok: false; code: ErrorCode; reason: string };

export const yes: Decision = { ok: true };

/** Refuses, with a sentence that people read. */
export function no(reason: string, code: ErrorCode = "forbidden"): Decision {
  return { ok: false, code, reason };
}

/** The person who asks, with what the permission rules need to know about them. */
export interface Asker {
  personId: string;
  role: "owner" | "admin" | "member" | "guest";
}

/** Owners and admins run the organization. */
export function runsOrganization(asker: Asker): boolean {
  return asker.role === "owner" || asker.role === "admin";
}
