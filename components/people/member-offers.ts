import { Ban, Eye, EyeOff, MessageCircle, Shield, ShieldCheck, UserMinus, UserRound } from "lucide-react";
import type { Offer } from "@/components/offers";
import type { Member } from "@/lib/contract/membership";
import { RoomRole } from "@/lib/contract/room-role";
import { mayBlock } from "@/lib/policy/block";
import { type Asker, no, yes } from "@/lib/policy/decision";
import { mayStartDirect } from "@/lib/policy/direct";
import { mayBan, mayRemoveMember, type MembershipSubject, type RoomSubject } from "@/lib/policy/room";
import { asTarget, maySetRole } from "@/lib/policy/room-settings";

/** The viewer, the room, and the member whose menu it is. */
export interface MemberSituation {
  asker: Asker;
  room: RoomSubject;
  membership: MembershipSubject | null;
  /** Whether the viewer blocks the member. */
  isBlocked: boolean;
  member: Pick<Member, "role"> & { person: Pick<Member["person"], "id" | "role" | "deactivatedAt"> };
}

export interface MemberOffer extends Offer<MemberSituation> {
  label: (situation: MemberSituation) => string;
  icon: typeof Ban;
  /** The role that the offer gives to the member. */
  role?: RoomRole;
}

const icons = { admin: ShieldCheck, moderator: Shield, member: UserRound };
export const isMe = ({ asker, member }: MemberSituation) => member.person.id === asker.personId;
const targetOf = ({ member }: MemberSituation) => {
  return { personId: member.person.id, role: member.role, ...asTarget(member.person) };
};

const giveRole = (role: RoomRole): MemberOffer => ({
  key: role,
  role,
  icon: icons[role],
  label: (situation) => `${isMe(situation) && situation.member.role === "admin" ? "Step down to" : "Make"} ${role}`,
  fits: ({ member }) => member.role !== role,
  may: (situation) => maySetRole(situation.asker, situation.room, situation.membership, targetOf(situation), role),
});

/** The offers in the menu of a member, in order. */
export const memberOffers: readonly MemberOffer[] = [
  {
    key: "message",
    label: () => "Message",
    icon: MessageCircle,
    fits: (situation) => !isMe(situation) && !situation.isBlocked,
    may: ({ asker, room, member: { person } }) =>
      mayStartDirect(asker, [
        { name: "They", isActive: person.deactivatedAt === null, sharesChannel: room.kind === "channel" },
      ]),
  },
  ...RoomRole.options.toReversed().map(giveRole),
  {
    key: "remove",
    label: () => "Remove from room",
    icon: UserMinus,
    may: (situation) =>
      isMe(situation)
        ? no("Leave the room instead.")
        : mayRemoveMember(situation.asker, situation.room, situation.membership, targetOf(situation)),
  },
  {
    key: "ban",
    label: () => "Ban from room",
    icon: Ban,
    may: (situation) => mayBan(situation.asker, situation.room, situation.membership, targetOf(situation)),
  },
  {
    key: "block",
    label: () => "Block",
    icon: EyeOff,
    fits: ({ isBlocked }) => !isBlocked,
    may: ({ asker, member: { person } }) => mayBlock(asker, person),
  },
  { key: "unblock", label: () => "Unblock", icon: Eye, fits: ({ isBlocked }) => isBlocked, may: () => yes },
];
