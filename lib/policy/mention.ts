import { limits } from "@/lib/contract/limits";
import { type Asker, type Decision, no, yes } from "./decision";
import { type MembershipSubject, moderates } from "./room";

/** May the asker mention everybody in a room, or everybody who is active there? `memberCount` includes the asker. */
export function mayMentionEveryone(
  asker: Pick<Asker, "role">,
  membership: MembershipSubject | null,
  memberCount: number,
): Decision {
  if (moderates(asker, membership)) return yes;
  if (asker.role === "guest") return no("Guests can't mention everyone in a room. Ask a member.");
  return memberCount < limits.mentionedPeople
    ? yes
    : no(
        `Only moderators and admins can mention everyone in a room of ${limits.mentionedPeople} or more people. Ask one of them.`,
      );
}

/** May the asker mention a group of which `reached` people are in the room? */
export function mayMentionGroup(
  asker: Pick<Asker, "role">,
  membership: MembershipSubject | null,
  { memberCount, reached }: { memberCount: number; reached: number },
): Decision {
  return reached <= limits.mentionedPeople ? yes : mayMentionEveryone(asker, membership, memberCount);
}
