import { type Offer, offered } from "@/components/offers";
import type { Asker, Decision } from "@/lib/policy/decision";
import { mayApproveJoinRequest, mayCreateAskLink, mayRunAskLink, maySeeJoinRequests } from "@/lib/policy/join-request";
import { mayReadAuditOfRoom } from "@/lib/policy/organization";
import { mayAddMembers, mayLeave, type MembershipSubject, type RoomSubject, maySeeBans } from "@/lib/policy/room";
import {
  mayArchive,
  mayChange,
  mayDelete,
  type RoomField,
  maySetAccess,
  maySetDefault,
  mayUnsetDefault,
  mayUnarchive,
} from "@/lib/policy/room-settings";

/** The viewer and a room. */
export interface RoomSituation {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
}

const fields = Object.keys(mayChange) as RoomField[];

/** Every action that a room's screens offer: in its header, details and member list, and in its row and page in the settings. */
export const roomOffers = [
  ...fields.map((key): RoomOffer => {
    return { key, may: ({ asker, room, membership }) => mayChange[key](asker, room, membership) };
  }),
  { key: "access", may: ({ asker, room, membership }) => maySetAccess(asker, room, membership) },
  { key: "addPeople", may: ({ asker, room, membership }) => mayAddMembers(asker, room, membership) },
  { key: "seeBans", may: ({ asker, room, membership }) => maySeeBans(asker, room, membership) },
  { key: "seeRequests", may: ({ asker, membership }) => maySeeJoinRequests(asker, membership) },
  { key: "approveRequests", may: ({ asker, room, membership }) => mayApproveJoinRequest(asker, room, membership) },
  { key: "askLink", may: ({ asker, room, membership }) => mayRunAskLink(asker, room, membership) },
  { key: "createAskLink", may: ({ asker, room, membership }) => mayCreateAskLink(asker, room, membership) },
  { key: "whatHappened", may: ({ asker, membership }) => mayReadAuditOfRoom(asker, membership) },
  { key: "leave", may: ({ room }) => mayLeave(room) },
  { key: "setDefault", may: ({ asker, room, membership }) => maySetDefault(asker, room, membership) },
  { key: "unsetDefault", may: ({ asker, room, membership }) => mayUnsetDefault(asker, room, membership) },
  {
    key: "archive",
    fits: ({ room }) => room.archivedAt === null,
    may: ({ asker, room, membership }) => mayArchive(asker, room, membership),
  },
  {
    key: "unarchive",
    fits: ({ room }) => room.archivedAt !== null,
    may: ({ asker, room, membership }) => mayUnarchive(asker, room, membership),
  },
  { key: "delete", may: ({ asker, room, membership }) => mayDelete(asker, room, membership) },
] satisfies readonly RoomOffer[];

type RoomOfferKey =
  | RoomField
  | "access"
  | "addPeople"
  | "seeBans"
  | "seeRequests"
  | "approveRequests"
  | "askLink"
  | "createAskLink"
  | "whatHappened"
  | "leave"
  | "setDefault"
  | "unsetDefault"
  | "archive"
  | "unarchive"
  | "delete";
interface RoomOffer extends Offer<RoomSituation> {
  key: RoomOfferKey;
}

/** Whether the policy allows the offer `key`, and the reason if it does not. */
export function decisionOn(key: RoomOfferKey, situation: RoomSituation): Decision {
  const offer = roomOffers.find((each) => each.key === key);
  if (!offer) throw new Error(`Nothing in a room is called ${key}.`);
  return offer.may(situation);
}

/** The keys of the actions that the viewer is offered in a room. */
export const offeredIn = (situation: RoomSituation): ReadonlySet<RoomOfferKey> =>
  new Set(offered<RoomSituation, RoomOffer>(roomOffers, situation).map(({ key }) => key));
