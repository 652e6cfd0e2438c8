"use client";
import { UserMinus } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import type { Member } from "@/lib/contract/membership";
import type { Membership, Room } from "@/lib/contract/room";
import { mayRemoveMember } from "@/lib/policy/room";
import { accountWords } from "./account-words";
import { PersonAvatar } from "./person-avatar";
import { useAsker } from "./use-asker";

type MemberRowProps = { member: Member; room: Room; membership: Membership; onRemove: () => void };

const roomRoles = { admin: "Room admin", moderator: "Moderator", member: null };
const organizationRoles = { owner: "Owner", admin: "Admin", member: null, guest: "Guest" };

export function MemberRow({ member, room, membership, onRemove }: MemberRowProps) {
  const { person, role } = member;
  const asker = useAsker();
  const isMe = person.id === asker.personId;
  const word = organizationRoles[person.role] ?? roomRoles[role];
  const mayRemove = !isMe && mayRemoveMember(asker, room, membership, { role, organizationRole: person.role }).ok;
  return (
    <li className="group/member relative flex min-h-12 items-center gap-3 rounded-control px-2 py-1 hover:bg-hover">
      <PersonAvatar person={person} size={32} />
      <span className="min-w-0 flex-1 leading-snug">
        <span className="block truncate text-ui">
          <bdi>{person.name}</bdi>
          {isMe && <span className="text-ink-faint"> (you)</span>}
        </span>
        <span className="block truncate text-xs text-ink-faint">@{person.handle}</span>
      </span>
      {person.deactivatedAt ? <Tag tone="danger">{accountWords.deactivated}</Tag> : word && <Tag>{word}</Tag>}
      {mayRemove && (
        <IconButton
          label={`Remove ${person.name}`}
          tooltip={false}
          size="sm"
          className="md:opacity-0 md:group-hover/member:opacity-100 md:focus-visible:opacity-100"
          onClick={onRemove}
        >
          <UserMinus aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
