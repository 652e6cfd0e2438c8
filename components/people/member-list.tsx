"use client";
import { Search, UsersRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { roomOfInvite } from "@/components/invites/room-of-invite";
import { useRoomOffers } from "@/components/rooms/use-room-offers";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { LoadMore } from "@/components/ui/load-more";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useMe } from "@/lib/client/hooks/use-me";
import type { Member } from "@/lib/contract/membership";
import type { Room } from "@/lib/contract/room";
import type { MembershipSubject } from "@/lib/policy/room";
import { BanDialog } from "./ban-dialog";
import { BannedPeople } from "./banned-people";
import type { MemberQuestion } from "./member-menu";
import { MemberRow } from "./member-row";
import { RemoveDialog } from "./remove-dialog";
import { RoleDialog } from "./role-dialog";
import { useAsker } from "./use-asker";
import { useMemberList } from "./use-member-list";

const BlockDialog = dialogOnDemand(() => import("./block-dialog"));

type MemberListProps = {
  label: string;
  room: Room;
  membership: MembershipSubject | null;
  /** The text in the search field above the list. */
  query: string;
  /** Shown below the members while `query` is empty. */
  children?: ReactNode;
};

/** The members of a room who match the query, and the people banned from it, with the actions that the viewer may take. */
export function MemberList({ label, room, membership, query, children }: MemberListProps) {
  const asker = useAsker();
  const offers = useRoomOffers({ room, membership });
  const [dialog, setDialog] = useState<{ member: Member; question: MemberQuestion; dialogKey: number } | null>(null);
  const [isDialogOpen, setDialogOpen] = useState(false);
  const list = useMemberList(room.id, query, room.changedSeq);
  const isSearching = list.status === "ready" && list.rows.length === 0 && list.isStale;
  const { organization } = useMe();
  const dialogProps = ({ person }: Member) => ({ open: isDialogOpen, onOpenChange: setDialogOpen, room, person });
  const inviteRoom = roomOfInvite(asker, room, membership);

  return (
    <>
      {(list.status === "loading" || isSearching) && (
        <ListSkeleton rows={8} label={`Loading ${label.toLowerCase()}`} className="px-2" />
      )}
      {list.status === "error" && (
        <Empty
          icon={<UsersRound />}
          title={`Couldn't load ${label.toLowerCase()}`}
          heading="h3"
          actions={<Button onClick={list.reload}>Try again</Button>}
        />
      )}
      {list.status === "ready" && list.rows.length === 0 && !isSearching && (
        <Empty
          icon={<Search />}
          title={list.answeredInput?.query ? "No one found" : "No one yet"}
          heading="h3"
          actions={
            <InvitePeople asker={asker} organization={organization.name} room={inviteRoom} variant="secondary" />
          }
        >
          {list.answeredInput?.query && `No one in this room matches “${list.answeredInput.query}”.`}
        </Empty>
      )}
      {list.rows.length > 0 && (
        <ul ref={keepFocusInRows} aria-label={label}>
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
      {list.status === "ready" && !query && children}
      <LoadMore list={list} className="mt-1" />
      {!query && offers.has("seeBans") && <BannedPeople room={room} membership={membership} />}
      {dialog?.question.kind === "remove" && <RemoveDialog key={dialog.dialogKey} {...dialogProps(dialog.member)} />}
      {dialog?.question.kind === "ban" && <BanDialog key={dialog.dialogKey} {...dialogProps(dialog.member)} />}
      {dialog?.question.kind === "block" && (
        <BlockDialog
          key={dialog.dialogKey}
          open={isDialogOpen}
          onOpenChange={setDialogOpen}
          person={dialog.member.person}
        />
      )}
      {dialog?.question.kind === "role" && (
        <RoleDialog
          key={dialog.dialogKey}
          {...dialogProps(dialog.member)}
          role={dialog.question.role}
          isMe={dialog.member.person.id === asker.personId}
        />
      )}
    </>
  );
}
