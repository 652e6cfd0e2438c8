"use client";
import { Ellipsis } from "lucide-react";
import { Time } from "@/components/messages/time";
import { accountState, accountWords, endWord } from "@/components/people/account-words";
import { PersonPicture } from "@/components/people/person-avatar";
import { PersonName } from "@/components/profile/person-name";
import { IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { cn } from "@/components/ui/cn";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { useNow } from "@/lib/client/hooks/use-now";
import type { AdministeredPerson } from "@/lib/contract/person-administration";
import type { Asker } from "@/lib/policy/decision";
import { distance } from "./distance";
import { actsFor, type PersonAct } from "./person-acts";
import { roleNames } from "./role-names";
import { Td } from "./table";

type PersonRowProps = {
  row: AdministeredPerson;
  asker: Asker;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  onAct: (act: PersonAct) => void;
};

export function PersonRow({ row, asker, selected, onSelect, onAct }: PersonRowProps) {
  const { person, groups } = row;
  const { id, name, handle, role, deactivatedAt, lastSeenAt } = person;
  const isDeactivated = accountState({ deactivatedAt }) === "deactivated";
  return (
    <tr aria-selected={selected} className={selected ? "[&>td]:bg-accent-soft" : "hover:[&>td]:bg-row-hover"}>
      <Td className="overflow-visible! pr-0!">
        <Checkbox
          aria-label={`Select ${name}`}
          checked={selected}
          disabled={id === asker.personId}
          onChange={(event) => onSelect(event.target.checked)}
        />
      </Td>
      <Td>
        <div className="flex items-center gap-3">
          <PersonPicture person={person} size={32} cardOf={id} className={isDeactivated ? "grayscale" : undefined} />
          <div className="min-w-0 flex-1 leading-[1.3]">
            <span className={cn("flex text-ui font-strong", isDeactivated ? "text-ink-faint" : "text-ink")}>
              <PersonName personId={id}>{name}</PersonName>
              {id === asker.personId && <span className="flex-none font-normal text-ink-faint">&nbsp;(you)</span>}
            </span>
            <span className="block truncate text-xs text-ink-faint">
              <span className="@min-[440px]:hidden">{roleNames[role]} · </span>
              {isDeactivated && (
                <span className="@min-[580px]:hidden">{accountWords[row.leftAt ? "left" : "deactivated"]} · </span>
              )}
              @{handle}
            </span>
          </div>
        </div>
      </Td>
      <Td className="@max-[440px]:hidden">
        {role === "owner" || role === "admin" ? <Tag>{roleNames[role]}</Tag> : roleNames[role]}
      </Td>
      <Td className="@max-[900px]:hidden">
        <Groups groups={groups} />
      </Td>
      <Td className="@max-[580px]:hidden">
        <Account row={row} isDeactivated={isDeactivated} />
      </Td>
      <Td className="tabular-nums @max-[780px]:hidden">
        {lastSeenAt ? <Time at={lastSeenAt} format={distance} /> : "Never"}
      </Td>
      <Td className="overflow-visible! px-2! text-right">
        <Actions row={row} asker={asker} onAct={onAct} />
      </Td>
    </tr>
  );
}

function Groups({ groups }: Pick<AdministeredPerson, "groups">) {
  const [first, ...more] = groups;
  if (!first) return null;
  return (
    <span className="flex gap-1.5" title={groups.map(({ name }) => name).join(", ")}>
      <Tag className="shrink">{first.name}</Tag>
      {more.length > 0 && <Tag>+{more.length}</Tag>}
    </span>
  );
}

function Account({ row, isDeactivated }: { row: AdministeredPerson; isDeactivated: boolean }) {
  const { endsAt, leftAt, logins } = row;
  if (leftAt !== null) return <Tag>{accountWords.left}</Tag>;
  if (isDeactivated) return <Tag tone="danger">{accountWords.deactivated}</Tag>;
  if (endsAt !== null) return <GuestEnd endsAt={endsAt} />;
  if (logins === 0) return "Signed out";
  return logins === 1 ? "1 login" : `${logins} logins`;
}

function GuestEnd({ endsAt }: { endsAt: string }) {
  const word = useNow((now) => endWord(endsAt, now), Date.parse(endsAt)) ?? "Ends";
  return (
    <Tag tone={word === "Ended" ? "danger" : "warning"}>
      {word} <Time at={endsAt} format={distance} />
    </Tag>
  );
}

function Actions({ row: { person, leftAt }, asker, onAct }: Pick<PersonRowProps, "row" | "asker" | "onAct">) {
  const { acts, reason } = actsFor(asker, { ...person, leftAt });
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for ${person.name}`} tooltip={false}>
          <Ellipsis />
        </IconButton>
      }
    >
      {acts.map((act) => (
        <MenuItem key={act.key} icon={act.icon} danger={act.danger} onSelect={() => onAct(act)}>
          {act.label}
        </MenuItem>
      ))}
      {reason && <MenuLabel>{reason}</MenuLabel>}
    </Menu>
  );
}
