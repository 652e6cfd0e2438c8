import { type Offer, offered } from "@/components/offers";
import type { Asker } from "@/lib/policy/decision";
import { mayAddFirstRooms, mayInviteAs, mayManageGroups, mayManageInvites } from "@/lib/policy/organization";
import { mayCreateRoom } from "@/lib/policy/room";

/** What the sidebar, the lists of rooms and the switcher offer, besides what belongs to one room. */
export const organizationOffers = [
  { key: "createRoom", may: mayCreateRoom },
  { key: "inviteMember", may: (asker) => mayInviteAs(asker, "member") },
  { key: "manageInvites", may: mayManageInvites },
  // Whoever manages groups may open a room to any of them, or to none.
  { key: "manageGroups", may: mayManageGroups },
  { key: "addFirstRooms", may: mayAddFirstRooms },
] satisfies readonly OrganizationOffer[];

type OrganizationOfferKey = "createRoom" | "inviteMember" | "manageInvites" | "manageGroups" | "addFirstRooms";
interface OrganizationOffer extends Offer<Asker> {
  key: OrganizationOfferKey;
}

/** What the asker is offered in their organization. */
export const offeredTo = (asker: Asker): ReadonlySet<OrganizationOfferKey> =>
  new Set(offered<Asker, OrganizationOffer>(organizationOffers, asker).map(({ key }) => key));
