"use client";
import { Ban, Ellipsis, Send, UsersRound } from "lucide-react";
import { Time } from "@/components/messages/time";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Invite } from "@/lib/contract/invite";
import { distance } from "./distance";
import { inviteState } from "./invite-state";
import { roleNames } from "./role-names";
import { Td } from "./table";

/** The names of the rooms and groups that people join with the link, without the default rooms. */
function accessNames({ rooms, groups }: Invite): string {
  const names = [...rooms.flatMap((room) => room.name ?? []), ...groups.map((group) => `${group.name} group`)];
  return names.length > 0 ? names.join(", ") : "Rooms everyone joins";
}

type InviteRowProps = { invite: Invite; onRevoke: () => void; onSend: () => void; onShowUses: () => void };

export function InviteRow({ invite, onRevoke, onSend, onShowUses }: InviteRowProps) {
  const expiresAtMs = invite.expiresAt ? Date.parse(invite.expiresAt) : undefined;
  const expired = useNow(({ date }) => expiresAtMs !== undefined && expiresAtMs <= date.getTime(), expiresAtMs);
  const { label, tone, reason } = inviteState(invite, expired ?? false);
  const works = reason === null;
  const uses = invite.maxUses === null ? `${invite.uses}, no limit` : `${invite.uses} of ${invite.maxUses}`;
  const accessText = accessNames(invite);
  const joinedText = invite.usedBy.map(({ name }) => name).join(", ") || undefined;
  return (
    <tr className="hover:[&>td]:bg-row-hover">
      <Td title={accessText}>
        <span className="block truncate text-ui font-strong text-ink">{invite.email ?? accessText}</span>
        <span className="block truncate text-xs text-ink-faint">
          <span className="@min-[520px]:hidden">{roleNames[invite.role]} · </span>
          <span className="@min-[680px]:hidden">{uses}</span>
          <span className="@max-[680px]:hidden">
            {invite.email && `${accessText} · ${invite.sentAt ? "sent" : "not sent by Parley"}, `}
            created <Time at={invite.createdAt} format={distance} />
          </span>
        </span>
      </Td>
      <Td className="@max-[520px]:hidden">{roleNames[invite.role]}</Td>
      <Td className="tabular-nums @max-[680px]:hidden" title={joinedText}>
        {uses}
        {joinedText && <span className="block truncate text-xs text-ink-faint">{joinedText}</span>}
      </Td>
      <Td className="@max-[780px]:hidden">
        {invite.expiresAt ? <Time at={invite.expiresAt} format={distance} /> : "Never"}
      </Td>
      <Td>
        <Tag tone={tone}>{label}</Tag>
      </Td>
      <Td className="@max-[1020px]:hidden">{invite.creator.name}</Td>
      <Td className="overflow-visible! px-2! text-right">
        {/* The button stays when the invite is revoked, so that the keyboard focus is not lost. */}
        <Menu
          align="end"
          trigger={
            <IconButton label={`Actions for the invite to ${invite.email ?? accessText}`} tooltip={false}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<UsersRound aria-hidden />} disabled={invite.uses === 0} onSelect={onShowUses}>
            Who joined
          </MenuItem>
          {invite.email && (
            <MenuItem icon={<Send aria-hidden />} disabled={!works} onSelect={onSend}>
              Send again
            </MenuItem>
          )}
          <MenuItem icon={<Ban aria-hidden />} danger disabled={!works} onSelect={onRevoke}>
            Revoke
          </MenuItem>
          {reason && <MenuLabel>This link no longer works. {reason}</MenuLabel>}
        </Menu>
      </Td>
    </tr>
  );
}
