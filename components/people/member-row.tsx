"use client";
import { PersonName } from "@/components/profile/person-name";
import { StatusEmoji } from "@/components/profile/status-emoji";
import { Tag } from "@/components/ui/tag";
import type { Member } from "@/lib/contract/membership";
import type { Room } from "@/lib/contract/room";
import type { MembershipSubject } from "@/lib/policy/room";
import { accountWords } from "./account-words";
import { MemberMenu, type MemberQuestion } from "./member-menu";
import { PersonAvatar } from "./person-avatar";
import { roleNames } from "./room-roles";
import { useAsker } from "./use-asker";

type MemberRowProps = {
  member: Member;
  room: Room;
  membership: MembershipSubject | null;
  onAsk: (question: MemberQuestion) => void;
};

const organizationRoles = { owner: "Owner", admin: "Admin", member: null, guest: "Guest" };

export function MemberRow({ member, room, membership, onAsk }: MemberRowProps) {
  const { person, role } = member;
  const asker = useAsker();
  const isMe = person.id === asker.personId;
  const organizationWord = organizationRoles[person.role];
  const roomWord = role === "member" ? null : roleNames[role];
  const word = organizationWord ?? roomWord;
  return (
    <li className="group/member relative flex min-h-12 items-center gap-3 rounded-control px-2 py-1 hover:bg-hover">
      <PersonAvatar person={person} size={32} cardOf={person.id} />
      <span className="min-w-0 flex-1 leading-snug">
        <span className="flex min-w-0 items-baseline gap-1 text-ui">
          <PersonName personId={person.id}>{person.name}</PersonName>
          {isMe && <span className="text-ink-faint">(you)</span>}
          <StatusEmoji person={person} className="text-sm" />
        </span>
        <span className="block truncate text-xs text-ink-faint">
          @{person.handle}
          {organizationWord && roomWord && `, ${roomWord.toLowerCase()}`}
        </span>
      </span>
      {person.deactivatedAt ? <Tag tone="danger">{accountWords.deactivated}</Tag> : word && <Tag>{word}</Tag>}
      <MemberMenu member={member} room={room} membership={membership} onAsk={onAsk} />
    </li>
  );
}
