import { limits } from "@/lib/contract/limits";
import { type Asker, type Decision, no, type Rules, yes } from "./decision";
import { type MembershipSubject, moderates, type RoomSubject } from "./room";

/** A room in which somebody wants to mention everyone. `memberCount` includes the asker. */
export type MentionRoom = Pick<RoomSubject, "kind" | "membersMentionEveryone"> & { memberCount: number };

/** Whether the organization's settings let members mention everyone in a room with so many members. */
export const mentionsByDefault = (rules: Rules, { memberCount }: Pick<MentionRoom, "memberCount">): boolean =>
  rules.membersMentionEveryone && memberCount < limits.mentionedPeople;

/** May the asker mention everybody in a room, or everybody who is active there? */
export function mayMentionEveryone(asker: Asker, room: MentionRoom, membership: MembershipSubject | null): Decision {
  if (moderates(asker, membership)) return yes;
  if (asker.role === "guest") return no("Guests can't mention everyone in a room. Ask a member.");
  // A direct room has no settings, and nobody who moderates it.
  if (room.kind === "direct") return yes;
  const decided = room.membersMentionEveryone;
  if (decided ?? mentionsByDefault(asker.rules, room)) return yes;
  return decided === null && asker.rules.membersMentionEveryone
    ? no(
        `Only moderators and admins can mention everyone in a room of ${limits.mentionedPeople} or more people. Ask one of them.`,
      )
    : no("Only moderators and admins can mention everyone in this room. Ask one of them.");
}

/** May the asker mention a group of which `reached` people are in the room? */
export function mayMentionGroup(
  asker: Asker,
  room: MentionRoom,
  membership: MembershipSubject | null,
  reached: number,
): Decision {
  return reached <= limits.mentionedPeople ? yes : mayMentionEveryone(asker, room, membership);
}
