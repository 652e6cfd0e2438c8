import type { ErrorCode } from "@/lib/contract/errors";

/** A policy's answer: allowed, or an error code and a sentence with the reason. */
export type Decision = { ok: true } | { ok: false; code: ErrorCode; reason: string };

export const yes: Decision = { ok: true };

/** A refusal. `reason` is a sentence that is shown to people. */
export function no(reason: string, code: ErrorCode = "forbidden"): Decision {
  return { ok: false, code, reason };
}

/** What an organization's settings allow people who are not its owners or admins. */
export interface Rules {
  membersCreateRooms: boolean;
  membersSetTopic: boolean;
  membersAddPeople: boolean;
  membersPin: boolean;
  membersMentionEveryone: boolean;
  membersInvite: boolean;
  roomAdminsDelete: boolean;
}

/** The rules of a new organization. */
export const defaultRules: Rules = {
  membersCreateRooms: true,
  membersSetTopic: true,
  membersAddPeople: true,
  membersPin: true,
  membersMentionEveryone: true,
  membersInvite: false,
  roomAdminsDelete: false,
};

/** The person who makes a request, with their role and their organization's rules. */
export interface Asker {
  personId: string;
  role: "owner" | "admin" | "member" | "guest";
  rules: Rules;
}

/** Owners and admins run the organization. */
export function runsOrganization(asker: Pick<Asker, "role">): boolean {
  return asker.role === "owner" || asker.role === "admin";
}
