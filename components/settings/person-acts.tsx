import {
  Crown,
  KeyRound,
  LogOut,
  ShieldCheck,
  ShieldOff,
  UserRound,
  UserRoundCheck,
  UserRoundX,
  CalendarClock,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Call } from "@/lib/client/http";
import type { OrganizationRole, Person } from "@/lib/contract/person";
import type { Asker, Decision } from "@/lib/policy/decision";
import { mayResetPassword } from "@/lib/policy/organization";
import {
  hasLeft,
  mayDeactivate,
  mayEndLogins,
  mayReactivate,
  maySetGuestEnd,
  maySetOrganizationRole,
  mayTransferOwnership,
} from "@/lib/policy/person";

/** The person of a row in the settings. `leftAt`: when they left the organization by themselves. */
type Target = Person & { leftAt?: string | null };

/** An action of an owner or admin on a person. A dialog asks first. */
export interface PersonAct {
  key: string;
  label: string;
  icon: ReactNode;
  may: (asker: Asker, person: Target) => Decision;
  /** Whether the act makes sense for this person, whatever the asker's role. */
  fits: (person: Target) => boolean;
  danger?: boolean;
  /** The texts of the confirming dialog. An act without a question has its own dialog. */
  question?: {
    title: (name: string) => string;
    description: (name: string) => string;
    done: (name: string) => string;
  };
  run?: (call: Call, personId: string) => Promise<unknown>;
}

const setRole = (
  role: OrganizationRole,
  { label, icon, description, fits }: Pick<PersonAct, "label" | "icon" | "fits"> & { description: string },
): PersonAct => ({
  key: role,
  label,
  icon,
  fits,
  may: (asker, person) => maySetOrganizationRole(asker, person, role),
  question: {
    title: (name) => `${label.replace(/^Make/, `Make ${name}`)}?`,
    description: () => description,
    done: (name) => `${name} is now ${role === "owner" || role === "admin" ? "an" : "a"} ${role}.`,
  },
  run: (call, personId) => call("organization.setRole", { personId, role }),
});

/** All acts, in the order of the menu. */
export const personActs: readonly PersonAct[] = [
  setRole("owner", {
    label: "Make owner",
    icon: <Crown aria-hidden />,
    fits: ({ role }) => role !== "owner" && role !== "guest",
    description: "Owners can do everything, and only they can make owners. You stay an owner too.",
  }),
  {
    key: "transfer",
    label: "Hand over ownership",
    icon: <Crown aria-hidden />,
    may: mayTransferOwnership,
    fits: ({ role }) => role !== "owner" && role !== "guest",
    question: {
      title: (name) => `Hand over ownership to ${name}?`,
      description: (name) => `${name} becomes an owner and you become an admin. Only an owner can undo this.`,
      done: (name) => `${name} is now an owner, and you're an admin.`,
    },
    run: (call, personId) => call("organization.transfer", { personId }),
  },
  setRole("admin", {
    label: "Make admin",
    icon: <ShieldCheck aria-hidden />,
    fits: ({ role }) => role !== "admin" && role !== "guest",
    description: "Admins manage people, rooms, invites and settings. They join the rooms for admins.",
  }),
  setRole("member", {
    label: "Make member",
    icon: <ShieldOff aria-hidden />,
    fits: ({ role }) => role !== "member",
    description:
      "Members no longer manage the organization. They leave the rooms for admins; guests join the rooms everyone is in.",
  }),
  setRole("guest", {
    label: "Make guest",
    icon: <UserRound aria-hidden />,
    fits: ({ role }) => role !== "guest",
    description: "Guests see only the rooms they are in, and the people in those rooms.",
  }),
  {
    key: "link",
    label: "Create password link",
    icon: <KeyRound aria-hidden />,
    may: mayResetPassword,
    fits: ({ deactivatedAt }) => deactivatedAt === null,
  },
  {
    key: "end",
    label: "Set end of access",
    icon: <CalendarClock aria-hidden />,
    may: maySetGuestEnd,
    fits: ({ role }) => role === "guest",
  },
  {
    key: "logins",
    label: "Sign out everywhere",
    icon: <LogOut aria-hidden />,
    may: mayEndLogins,
    fits: ({ deactivatedAt }) => deactivatedAt === null,
    question: {
      title: (name) => `Sign ${name} out everywhere?`,
      description: () => "All their logins to this organization end right away. They can sign in again.",
      done: (name) => `${name} is signed out.`,
    },
    run: (call, personId) => call("person.endLogins", { personId }),
  },
  {
    key: "reactivate",
    label: "Reactivate",
    icon: <UserRoundCheck aria-hidden />,
    may: mayReactivate,
    fits: ({ deactivatedAt }) => deactivatedAt !== null,
    question: {
      title: (name) => `Reactivate ${name}?`,
      description: () =>
        "They can sign in again and are in their rooms. If they had left by themselves, they need an invite to come back. Their old invites and links stay revoked.",
      done: (name) => `${name} is reactivated.`,
    },
    run: (call, personId) => call("person.reactivate", { personId }),
  },
  {
    key: "deactivate",
    label: "Deactivate",
    icon: <UserRoundX aria-hidden />,
    may: mayDeactivate,
    fits: (person) => person.deactivatedAt === null || hasLeft(person),
    danger: true,
    question: {
      title: (name) => `Deactivate ${name}?`,
      description: () =>
        "They're signed out right away and can't sign in or use an invite, and their invites are revoked. What they wrote stays. You can reactivate them.",
      done: (name) => `${name} is deactivated.`,
    },
    run: (call, personId) => call("person.deactivate", { personId }),
  },
];

/** The acts that the asker may do to this person. If there are none, the reason why the first fitting act is refused. */
export function actsFor(asker: Asker, person: Target): { acts: PersonAct[]; reason: string | null } {
  const fitting = personActs.filter(({ fits }) => fits(person));
  const acts = fitting.filter(({ may }) => may(asker, person).ok);
  const refused = acts.length === 0 ? fitting[0]?.may(asker, person) : undefined;
  return { acts, reason: refused && !refused.ok ? refused.reason : null };
}
