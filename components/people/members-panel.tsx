"use client";
import { Search, UserPlus, UsersRound } from "lucide-react";
import { useId, useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { roomOfInvite } from "@/components/invites/room-of-invite";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useMe } from "@/lib/client/hooks/use-me";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import type { Member } from "@/lib/contract/membership";
import { BanDialog } from "./ban-dialog";
import { BannedPeople } from "./banned-people";
import type { MemberQuestion } from "./member-menu";
import { MemberRow } from "./member-row";
import { RemoveDialog } from "./remove-dialog";
import { RoleDialog } from "./role-dialog";
import { useAsker } from "./use-asker";
import { useMemberList } from "./use-member-list";

/** The members of a room. Those who may can add and remove people, and change their roles. */
export function MembersPanel({ item }: { item: RoomListItem }) {
  const { roomId, room, membership } = item;
  const asker = useAsker();
  const offers = useRoomOffers(item);
  const open = useOpenDialog();
  const [query, setQuery] = useState("");
  const [dialog, setDialog] = useState<{ member: Member; question: MemberQuestion; dialogKey: number } | null>(null);
  const [isDialogOpen, setDialogOpen] = useState(false);
  const list = useMemberList(roomId, query.trim(), room.changedSeq);
  const headingId = useId();
  const { organization } = useMe();
  const dialogProps = ({ person }: Member) => ({ open: isDialogOpen, onOpenChange: setDialogOpen, room, person });
  const inviteRoom = roomOfInvite(asker, room, membership);

  return (
    <div className="flex min-h-0 flex-1 flex-col pt-bar">
      <div className="flex gap-2 px-4 pt-3 pb-2">
        <Input
          type="search"
          aria-label="Find members"
          placeholder="Find members"
          size="sm"
          icon={<Search aria-hidden />}
          className="flex-1"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {offers.has("addPeople") && (
          <Button icon={<UserPlus aria-hidden />} onClick={() => open({ kind: "addPeople", roomId })}>
            Add
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <h3 id={headingId} className="sr-only">
          Members
        </h3>
        {list.status === "loading" && <ListSkeleton rows={8} label="Loading members" className="px-2" />}
        {list.status === "error" && (
          <Empty
            icon={<UsersRound />}
            title="Couldn't load members"
            heading="h3"
            actions={<Button onClick={list.reload}>Try again</Button>}
          />
        )}
        {list.status === "ready" && list.rows.length === 0 && (
          <Empty
            icon={<Search />}
            title="No one found"
            heading="h3"
            actions={
              <InvitePeople asker={asker} organization={organization.name} room={inviteRoom} variant="secondary" />
            }
          >
            No one in this room matches “{list.answeredInput?.query}”.
          </Empty>
        )}
        {list.rows.length > 0 && (
          <ul ref={keepFocusInRows} aria-labelledby={headingId}>
            {list.rows.map((member) => (
              <MemberRow
                key={member.person.id}
                member={member}
                room={room}
                membership={membership}
                onAsk={(question) => {
                  setDialog((last) => ({ member, question, dialogKey: (last?.dialogKey ?? 0) + 1 }));
                  setDialogOpen(true);
                }}
              />
            ))}
          </ul>
        )}
        {list.status === "ready" && room.memberCount === 1 && !query.trim() && (
          <Empty
            icon={<UsersRound />}
            title="Only you are here so far"
            heading="h3"
            actions={<InvitePeople asker={asker} organization={organization.name} room={inviteRoom} />}
          />
        )}
        <LoadMore list={list} className="mt-1" />
        {!query.trim() && offers.has("seeBans") && <BannedPeople room={room} membership={membership} />}
      </div>
      {dialog?.question.kind === "remove" && <RemoveDialog key={dialog.dialogKey} {...dialogProps(dialog.member)} />}
      {dialog?.question.kind === "ban" && <BanDialog key={dialog.dialogKey} {...dialogProps(dialog.member)} />}
      {dialog?.question.kind === "role" && (
        <RoleDialog
          key={dialog.dialogKey}
          {...dialogProps(dialog.member)}
          role={dialog.question.role}
          isMe={dialog.member.person.id === asker.personId}
        />
      )}
    </div>
  );
}
