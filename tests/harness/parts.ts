// What each part of the screen lets somebody press, told by the lists of offers. `components/rendered.test.tsx` renders the parts and
// compares.
import type { ReactNode } from "react";
import { type Offer, offered } from "@/components/offers";
import { memberOffers } from "@/components/people/member-offers";
import { roomOffers } from "@/components/rooms/room-offers";
import { organizationOffers } from "@/components/shell/organization-offers";
import type { Room } from "@/lib/contract/room";
import type { RoomRole } from "@/lib/contract/room-role";
import type { Asker } from "@/lib/policy/decision";
import { mayUnban } from "@/lib/policy/room";
import { archivedAt, personNamed, type Viewer } from "./viewers";

/** Whether a viewer can press something. `always`: everybody can. */
export type When = "always" | ((viewer: Viewer) => boolean);
/** What can be pressed, by role and name. */
export type Pressable = Record<string, When>;
type Roles = readonly (readonly [Asker["role"], RoomRole | null])[];

export interface Part {
  /** The files under `components` whose offers it shows. */
  files: readonly string[];
  show: (viewer: Viewer) => ReactNode;
  pressable: Pressable;
  /** In which rooms. Default: a public one. */
  rooms?: readonly Partial<Room>[];
  /** The people whom its viewer blocks, by id. */
  blockedIds?: readonly string[];
  /** Who sees it, by their roles in the organization and in the room. Default: everybody in the room. */
  viewers?: Roles;
}

export const everybody: Roles = [
  ["owner", "member"],
  ["admin", "member"],
  ["member", "admin"],
  ["member", "moderator"],
  ["member", "member"],
  ["guest", "member"],
];
/** Of a page about rooms in the settings. */
export const ownersAndAdmins: Roles = [
  ["owner", "member"],
  ["admin", "moderator"],
  ["admin", null],
];

export const archived = { archivedAt };
export const isPrivate = { access: "private" } as const;
export const nothing = () => {};

/** The entries of lists of offers that a part shows. */
export const shownOffers = new Set<string>();

/** By an entry of a list of offers. */
export function by<S>(list: string, offers: readonly Offer<S>[], key: string, of: (viewer: Viewer) => S): When {
  shownOffers.add(`${list}.${key}`);
  const offer = offers.filter((each) => each.key === key);
  return (viewer) => offered(offer, of(viewer)).length > 0;
}
export const inRoom = (key: (typeof roomOffers)[number]["key"]) => by("room", roomOffers, key, (viewer) => viewer);
export const inOrganization = (key: (typeof organizationOffers)[number]["key"]) =>
  by("organization", organizationOffers, key, ({ asker }) => asker);
const onMember = (role: RoomRole, key: string, isBlocked = false) =>
  by("member", memberOffers, key, (viewer) => {
    return { ...viewer, isBlocked, member: { role, person: personNamed("Cleo") } };
  });

export const both =
  (...all: When[]): When =>
  (viewer) =>
    all.every((when) => when === "always" || when(viewer));

/** A menu whose button is there if one of its items is. */
export function menu(button: string, items: Pressable): Pressable {
  const any: When = (viewer) => Object.values(items).some((when) => when === "always" || when(viewer));
  const entries = Object.entries(items).map(([name, when]) => [`menuitem ${button}: ${name}`, when] as const);
  return { [`button ${button}`]: any, ...Object.fromEntries(entries) };
}

const banned = { personId: "Eve", role: null, organizationRole: "member" } as const;
const mayLift: When = ({ asker, room, membership }) => mayUnban(asker, room, membership, banned).ok;

/** Of a list of members with Cleo, a member, and Mo, a moderator, and of Eve, who is banned. The viewer may block Cleo. */
const membersWith = (isBlocked: boolean): Pressable => ({
  ...menu("Actions for Cleo", {
    Message: onMember("member", "message", isBlocked),
    "Make admin": onMember("member", "admin", isBlocked),
    "Make moderator": onMember("member", "moderator", isBlocked),
    "Remove from room": onMember("member", "remove", isBlocked),
    "Ban from room": onMember("member", "ban", isBlocked),
    Block: onMember("member", "block", isBlocked),
    Unblock: onMember("member", "unblock", isBlocked),
  }),
  ...menu("Actions for Mo", {
    Message: onMember("moderator", "message"),
    "Make admin": onMember("moderator", "admin"),
    "Make member": onMember("moderator", "member"),
    "Remove from room": onMember("moderator", "remove"),
    "Ban from room": onMember("moderator", "ban"),
    Block: onMember("moderator", "block"),
  }),
  "button Unban Eve": both(inRoom("seeBans"), mayLift),
});
export const members = membersWith(false);
export const membersWithBlocked = membersWith(true);
