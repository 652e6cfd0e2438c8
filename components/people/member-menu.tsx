"use client";
import { Ban, Ellipsis, Shield, ShieldCheck, UserMinus, UserRound } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Member } from "@/lib/contract/membership";
import type { Membership, Room } from "@/lib/contract/room";
import { RoomRole } from "@/lib/contract/room-role";
import { mayBan, mayRemoveMember } from "@/lib/policy/room";
import { maySetRole } from "@/lib/policy/room-settings";
import { asksBefore } from "./role-dialog";
import { useAsker } from "./use-asker";

/** What somebody is asked about before it is done: removing or banning a person, or a role that gives or takes power. */
export type MemberQuestion = { kind: "remove" | "ban" } | { kind: "role"; role: RoomRole };

type MemberMenuProps = {
  member: Member;
  room: Room;
  membership: Membership;
  onAsk: (question: MemberQuestion) => void;
};

const icons = { admin: ShieldCheck, moderator: Shield, member: UserRound };

/** A menu with what the viewer may do with a member; nothing if that is nothing. */
export function MemberMenu({ member, room, membership, onAsk }: MemberMenuProps) {
  const { person, role } = member;
  const asker = useAsker();
  const call = useCall();
  const isMe = person.id === asker.personId;
  const target = { role, organizationRole: person.role };
  const roles = RoomRole.options
    .filter((next) => next !== role && maySetRole(asker, room, membership, target, next).ok)
    .toReversed();
  const mayRemove = !isMe && mayRemoveMember(asker, room, membership, target).ok;
  const mayBanThem = mayBan(asker, room, membership, { ...target, personId: person.id }).ok;
  if (roles.length === 0 && !mayRemove && !mayBanThem) return null;

  function setRole(next: RoomRole) {
    if (asksBefore({ next, role, isMe })) return onAsk({ kind: "role", role: next });
    call("membership.setRole", { roomId: room.id, personId: person.id, role: next }).catch((error: Error) =>
      toast.error(error.message),
    );
  }
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={`Actions for ${person.name}`}
          tooltip={false}
          size="sm"
          className="md:opacity-0 md:group-hover/member:opacity-100 md:focus-visible:opacity-100 md:data-[state=open]:opacity-100"
        >
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {roles.map((next) => {
        const Icon = icons[next];
        return (
          <MenuItem key={next} icon={<Icon aria-hidden />} onSelect={() => setRole(next)}>
            {isMe && role === "admin" ? `Step down to ${next}` : `Make ${next}`}
          </MenuItem>
        );
      })}
      {roles.length > 0 && (mayRemove || mayBanThem) && <MenuSeparator />}
      {mayRemove && (
        <MenuItem icon={<UserMinus aria-hidden />} onSelect={() => onAsk({ kind: "remove" })}>
          Remove from room
        </MenuItem>
      )}
      {mayBanThem && (
        <MenuItem icon={<Ban aria-hidden />} onSelect={() => onAsk({ kind: "ban" })}>
          Ban from room
        </MenuItem>
      )}
    </Menu>
  );
}
