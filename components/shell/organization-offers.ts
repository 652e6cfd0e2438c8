import { type Offer, offered } from "@/components/offers";
import type { Asker } from "@/lib/policy/decision";
import { mayAddFirstRooms, mayInviteAs, mayManageGroups, mayManageInvites } from "@/lib/policy/organization";
import { mayCreateRoom } from "@/lib/policy/room";

/** The actions that the sidebar, the lists of rooms and the switcher offer, except those about one room. */
export const organizationOffers = [
  { key: "createRoom", may: mayCreateRoom },
  { key: "inviteMember", may: (asker) => mayInviteAs(asker, "member") },
  { key: "manageInvites", may: mayManageInvites },
  // People who manage groups may choose any group, or none, when they open a room to groups.
  { key: "manageGroups", may: mayManageGroups },
  { key: "addFirstRooms", may: mayAddFirstRooms },
] satisfies readonly OrganizationOffer[];

type OrganizationOfferKey = "createRoom" | "inviteMember" | "manageInvites" | "manageGroups" | "addFirstRooms";
interface OrganizationOffer extends Offer<Asker> {
  key: OrganizationOfferKey;
}

/** The keys of the actions that the asker is offered in their organization. */
export const offeredTo = (asker: Asker): ReadonlySet<OrganizationOfferKey> =>
  new Set(offered<Asker, OrganizationOffer>(organizationOffers, asker).map(({ key }) => key));
