"use client";
import { ChevronDown, Search, UserMinus } from "lucide-react";
import { useState } from "react";
import { asksBefore, RoleDialog } from "@/components/people/role-dialog";
import { roleNames } from "@/components/people/room-roles";
import { PersonPicture } from "@/components/people/person-avatar";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Input } from "@/components/ui/input";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { Menu, MenuChoices } from "@/components/ui/menu";
import { ListSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Member } from "@/lib/contract/membership";
import type { Person } from "@/lib/contract/person";
import type { Room } from "@/lib/contract/room";
import { RoomRole } from "@/lib/contract/room-role";
import type { Asker } from "@/lib/policy/decision";
import { mayRemoveMember } from "@/lib/policy/room";
import { asTarget, maySetRole } from "@/lib/policy/room-settings";
import { LoadError } from "./load-error";
import { Pager } from "./table";
import { useLeaveEmptyPage, usePages } from "./use-pages";

const pageSize = 20;
type RoomMembersProps = { room: Room; joined: boolean; asker: Asker; onChanged: () => void };

/** The people of a room with their roles, page by page. */
export function RoomMembers({ room, joined, asker, onChanged }: RoomMembersProps) {
  const call = useCall();
  const [text, setText] = useState("");
  const query = text.trim() || undefined;
  const pages = usePages(query ?? "");
  const { data, error, isStale, reload } = useQuery(
    { roomId: room.id, query, after: pages.after, limit: pageSize },
    (request, input) => request("membership.list", input),
    { afterTyping: query !== undefined && pages.page === 0 },
  );
  useLeaveEmptyPage(pages, isStale ? undefined : data?.members.length);
  const [asked, setAsked] = useState<{ person: Person; role: RoomRole } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [removed, setRemoved] = useState<Person | null>(null);
  const membership = joined ? { role: "member" as const } : null;

  function changed() {
    reload();
    onChanged();
  }
  const setRole = (person: Person, role: RoomRole) =>
    call("membership.setRole", { roomId: room.id, personId: person.id, role }).then(
      () => {
        toast.success(`${person.name} is now a ${roleNames[role].toLowerCase()}.`);
        changed();
      },
      (failure: Error) => toast.error(failure.message),
    );
  function choose({ person, role }: Member, next: RoomRole) {
    if (next === role) return;
    if (!asksBefore({ next, role, isMe: person.id === asker.personId })) return void setRole(person, next);
    setAsked({ person, role: next });
    setAsking(true);
  }
  const rolesFor = ({ person, role }: Member) =>
    RoomRole.options
      .filter((each) => each === role || maySetRole(asker, room, membership, asTarget(person), each).ok)
      .map((value) => ({ value, label: roleNames[value] }));

  if (error) return <LoadError title="Couldn't load people" message={error.message} onRetry={reload} />;
  return (
    <div>
      <Input
        type="search"
        size="sm"
        icon={<Search aria-hidden />}
        aria-label="Search people in the room"
        placeholder="Name or handle"
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="mb-2"
      />
      {!data && <ListSkeleton rows={4} label="Loading people" />}
      {data?.members.length === 0 && (
        <p className="py-3 text-sm text-ink-faint">{query ? "No one found." : "No one yet."}</p>
      )}
      <ul ref={keepFocusInRows} aria-label="People" aria-busy={isStale || undefined}>
        {data?.members.map((member) => {
          const { person, role } = member;
          const target = { role, organizationRole: person.role };
          return (
            <li key={person.id} className="flex min-h-13 items-center gap-3 border-t py-1.5 first:border-t-0">
              <PersonPicture person={person} size={32} />
              <span className="min-w-0 flex-1 leading-snug">
                <bdi className="block truncate text-ui font-medium">{person.name}</bdi>
                <span className="block truncate text-xs text-ink-faint">@{person.handle}</span>
              </span>
              <RoleMenu member={member} roles={rolesFor(member)} onChoose={(next) => choose(member, next)} />
              {mayRemoveMember(asker, room, membership, target).ok && (
                <IconButton label={`Remove ${person.name}`} onClick={() => setRemoved(person)}>
                  <UserMinus />
                </IconButton>
              )}
            </li>
          );
        })}
      </ul>
      {data && (
        <Pager
          from={pages.page * pageSize}
          count={data.members.length}
          hasMore={data.next !== null}
          busy={isStale}
          onPrevious={pages.previous}
          onNext={() => data.next && pages.next(data.next)}
        />
      )}
      {asked && (
        <RoleDialog
          room={room}
          person={asked.person}
          role={asked.role}
          isMe={asked.person.id === asker.personId}
          open={isAsking}
          onOpenChange={setAsking}
          onDone={changed}
        />
      )}
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={(open) => !open && setRemoved(null)}
        title={`Remove ${removed?.name ?? ""} from the room?`}
        description="They no longer get updates. Their messages stay."
        confirmLabel="Remove"
        onConfirm={async () => {
          if (removed) await call("membership.remove", { roomId: room.id, personId: removed.id });
          changed();
        }}
      />
    </div>
  );
}

/** A menu and not a select, because a select changes the role with the first arrow key. */
function RoleMenu({
  member: { person, role },
  roles,
  onChoose,
}: {
  member: Member;
  roles: { value: RoomRole; label: string }[];
  onChoose: (role: RoomRole) => void;
}) {
  if (roles.length < 2) return <span className="px-2.5 text-sm text-ink-faint">{roleNames[role]}</span>;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" aria-label={`Role of ${person.name}: ${roleNames[role]}`}>
          {roleNames[role]}
          <ChevronDown aria-hidden className="text-ink-faint" />
        </Button>
      }
    >
      <MenuChoices value={role} onChange={onChoose} options={roles} />
    </Menu>
  );
}
