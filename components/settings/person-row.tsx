"use client";
import { Ellipsis, KeyRound } from "lucide-react";
import { accountState, accountWords } from "@/components/people/account-words";
import { PersonPicture } from "@/components/people/person-avatar";
import { Time } from "@/components/messages/time";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import type { Person } from "@/lib/contract/person";
import type { Asker } from "@/lib/policy/decision";
import { mayResetPassword } from "@/lib/policy/organization";
import { distance } from "./distance";
import { roleNames } from "./role-names";
import { Td } from "./table";

type PersonRowProps = { person: Person; asker: Asker; onCreateLink: () => void };

export function PersonRow({ person, asker, onCreateLink }: PersonRowProps) {
  const { id, name, handle, role, deactivatedAt, lastSeenAt } = person;
  const isDeactivated = accountState({ deactivatedAt }) === "deactivated";
  return (
    <tr className="hover:[&>td]:bg-row-hover">
      <Td>
        <div className="flex items-center gap-3">
          <PersonPicture person={person} size={32} className={isDeactivated ? "grayscale" : undefined} />
          <div className="min-w-0 flex-1 leading-[1.3]">
            <span className={cn("block truncate text-ui font-strong", isDeactivated ? "text-ink-faint" : "text-ink")}>
              {name}
              {id === asker.personId && <span className="font-normal text-ink-faint"> (you)</span>}
            </span>
            <span className="block truncate text-xs text-ink-faint">
              @{handle}
              <span className="md:hidden">
                {" · "}
                {roleNames[role]}
                {isDeactivated && `, ${accountWords.deactivated.toLowerCase()}`}
              </span>
            </span>
          </div>
        </div>
      </Td>
      <Td className="max-md:hidden">
        {role === "owner" || role === "admin" ? <Tag>{roleNames[role]}</Tag> : roleNames[role]}
      </Td>
      <Td className="max-md:hidden">
        {isDeactivated ? <Tag tone="danger">{accountWords.deactivated}</Tag> : accountWords.open}
      </Td>
      <Td className="tabular-nums max-lg:hidden">
        {lastSeenAt ? <Time at={lastSeenAt} format={distance} /> : "Never"}
      </Td>
      <Td className="overflow-visible! px-2! text-right">
        {!isDeactivated && <Actions person={person} asker={asker} onCreateLink={onCreateLink} />}
      </Td>
    </tr>
  );
}

function Actions({ person, asker, onCreateLink }: PersonRowProps) {
  const mayLink = mayResetPassword(asker, person);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for ${person.name}`} tooltip={false}>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem icon={<KeyRound aria-hidden />} disabled={!mayLink.ok} onSelect={onCreateLink}>
        Create password link
      </MenuItem>
      {!mayLink.ok && <MenuLabel>{mayLink.reason}</MenuLabel>}
    </Menu>
  );
}
